package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.provider.journal.SentRequests;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.PromptsArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The step deliver: puts the requests where the runner can read them, inside the dispatch if they fit there, else on the
 * requests branch in one commit. A branch that an earlier, killed client pushed is recognised by its manifest, and one that
 * somebody deleted is pushed again: it is dated like the batch, so that it is the very commit that was dispatched.
 */
final class Delivery {
    private final Clock clock;
    private final BatchListener listener;

    Delivery(Clock clock, BatchListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** Where the requests are; they were brought there unless an earlier client had done so. */
    PromptsArtifact enter(LockedBatch batch, GitRemote git) throws GitException, IOException {
        Optional<CommitSha> pushed = pushed(batch);
        if (pushed.isPresent() && isThere(batch, git, pushed.get())) {
            return new PromptsArtifact.Branch(batch.journal().id(), pushed.get());
        }
        SentRequests sent = batch.journal().sent().orElseThrow();
        Optional<PromptsArtifact.Inline> inline = pushed.isPresent()
                ? Optional.empty()
                : inline(sent, batch.journal().target());
        if (inline.isPresent()) {
            return deliver(batch, inline.get(), Optional.empty(), inline.get().gzip().length);
        }
        return onBranch(batch, git);
    }

    /** Where the requests are on the requests branch, also if they would fit into a dispatch. */
    PromptsArtifact onBranch(LockedBatch batch, GitRemote git) throws GitException, IOException {
        SentRequests sent = batch.journal().sent().orElseThrow();
        CommitSha commit = new CommitSha(commit(batch.journal().written().orElseThrow(), git));
        return deliver(
                batch,
                new PromptsArtifact.Branch(batch.journal().id(), commit),
                Optional.of(commit),
                sent.manifest().requestsBytes());
    }

    /**
     * Sees to it that a run which is started again, with the inputs it had, finds the requests it was dispatched with.
     *
     * @throws GitException if they can only be had as another commit
     */
    void again(LockedBatch batch, GitRemote git) throws GitException, IOException {
        Optional<CommitSha> pushed = pushed(batch);
        if (pushed.isEmpty() || isThere(batch, git, pushed.get())) {
            return;
        }
        String commit = commit(batch.journal().written().orElseThrow(), git);
        if (!commit.equals(pushed.get().value())) {
            throw new GitException("branch `" + branch(batch.journal()) + "` is at commit " + commit
                    + ", but the run was dispatched with " + pushed.get()
                    + "; send the requests as a new batch with --fresh");
        }
    }

    private static Optional<CommitSha> pushed(LockedBatch batch) {
        return batch.progress().delivered().flatMap(JournalEvent.Delivered::commit);
    }

    private static boolean isThere(LockedBatch batch, GitRemote git, CommitSha commit) throws GitException {
        return git.head(branch(batch.journal())).filter(commit.value()::equals).isPresent();
    }

    private static BranchName branch(BatchJournal batch) {
        return new BranchName(BatchFiles.requestsBranch(batch.id()));
    }

    private PromptsArtifact deliver(LockedBatch batch, PromptsArtifact artifact, Optional<CommitSha> commit, long bytes)
            throws IOException {
        if (batch.progress().delivered().isEmpty() || commit.isPresent()) {
            batch.append(new JournalEvent.Delivered(clock.instant(), commit));
            listener.delivered(batch.journal().id(), commit.isEmpty(), bytes);
        }
        return artifact;
    }

    /** The requests as they travel inside the dispatch; empty if they do not fit there. */
    static Optional<PromptsArtifact.Inline> inline(SentRequests sent, Target target) throws IOException {
        return InlineRequests.of(sent.requests())
                .filter(inline ->
                        DispatchInputs.fit(sent.manifest(), DispatchInputs.of(sent.manifest(), inline, target)));
    }

    private static String commit(SentRequests sent, GitRemote git) throws GitException, IOException {
        BranchName branch =
                new BranchName(BatchFiles.requestsBranch(sent.manifest().batchId()));
        byte[] manifest = sent.manifest().toJson().toByteArray();
        Optional<String> earlier = earlierCommit(git, branch, manifest);
        return earlier.isPresent() ? earlier.get() : push(sent, git, branch, manifest);
    }

    private static Optional<String> earlierCommit(GitRemote git, BranchName branch, byte[] manifest)
            throws GitException, IOException {
        if (git.head(branch).isEmpty()) {
            return Optional.empty();
        }
        try (BranchSnapshot there = git.fetch(branch).orElseThrow(() -> strange(branch));
                InputStream found = there.open(BatchFiles.MANIFEST)) {
            if (!Arrays.equals(found.readAllBytes(), manifest)) {
                throw strange(branch);
            }
            return Optional.of(there.commit());
        }
    }

    private static GitException strange(BranchName branch) {
        return new GitException("branch `" + branch + "` holds something else than this batch's requests; delete it");
    }

    private static String push(SentRequests sent, GitRemote git, BranchName branch, byte[] manifest)
            throws GitException, IOException {
        List<BranchFile> files = new ArrayList<>(RequestParts.of(sent.requests()));
        files.add(BranchFile.of(BatchFiles.MANIFEST, manifest));
        try (BranchWriter writer = git.write(branch, sent.manifest().createdAt())) {
            return writer.commit(files, "Requests of batch " + sent.manifest().batchId());
        }
    }
}
