package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.JournalEvent;
import io.github.batchferry.provider.journal.JournalEvent.Collected;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The step collect: joins the responses of the results branch to the requests and writes them into the journal. */
final class ResponseCollection {
    /** Status of an artifact whose time is over. */
    private static final int GONE = 410;

    private final Clock clock;
    private final Results results;
    private final CachedAnswers cache;
    private final BatchListener listener;

    ResponseCollection(Clock clock, Results results, CachedAnswers cache, BatchListener listener) {
        this.clock = clock;
        this.results = results;
        this.cache = cache;
        this.listener = listener;
    }

    /** What was collected before, read from the journal; empty if not everything was, or the file is gone. */
    Optional<CollectedBatch> earlier(LockedBatch batch) throws IOException {
        Optional<Collected> event = batch.progress().collected();
        if (event.isEmpty()) {
            return Optional.empty();
        }
        try (ResponseJoin join = ResponseJoin.over(batch.journal())) {
            readKept(batch.journal(), join);
            Optional<String> commit = event.get().commit().map(CommitSha::value);
            Findings findings =
                    new Findings(event.get().duplicates(), event.get().unknown());
            return Optional.of(outcome(batch.journal(), join, batch.journal().summary(), commit, findings))
                    .filter(CollectedBatch::complete);
        }
    }

    /**
     * Collects what the results branch holds now.
     *
     * @param promised the run if it succeeded, so that complete results are worth a wait
     */
    CollectedBatch enter(LockedBatch batch, RunnerConnection runner, Optional<WorkflowRun> promised)
            throws GitHubException, GitException, IOException, InterruptedException {
        GitRemote git = runner.git();
        CollectedBatch collected;
        Sha256 written;
        Optional<ResultFiles> found = find(batch.journal(), runner, promised);
        try (ResponseJoin join = ResponseJoin.over(batch.journal())) {
            Optional<BatchSummary> summary = read(batch.journal(), found, promised, git, join);
            written = join.writeTo(batch.journal().responses());
            Optional<String> commit = found.flatMap(ResultFiles::commit);
            collected = outcome(batch.journal(), join, summary, commit, Findings.of(join));
        } finally {
            if (found.isPresent()) {
                found.get().close();
            }
        }
        listener.collected(batch.journal().id(), collected.requests() - collected.missingCount());
        if (collected.complete()) {
            finish(batch, collected, written, git);
        }
        return collected;
    }

    /** Finishes a batch that had every answer from the cache, so that there is no run; does nothing the second time. */
    void withoutRun(LockedBatch batch) throws IOException {
        if (batch.progress().collected().isPresent()) {
            return;
        }
        Sha256 written;
        try (ResponseJoin join = ResponseJoin.over(batch.journal())) {
            readKept(batch.journal(), join);
            written = join.writeTo(batch.journal().responses());
        }
        batch.append(new Collected(clock.instant(), Optional.empty(), List.of(), List.of(), Optional.of(written)));
        listener.collected(batch.journal().id(), batch.journal().manifest().requestCount());
    }

    /**
     * An artifact is a copy of the branch at the end of an attempt. While a run goes on, and after an attempt that was cut short,
     * the branch has more; and it may outlive the artifact.
     */
    private Optional<ResultFiles> find(BatchJournal batch, RunnerConnection runner, Optional<WorkflowRun> promised)
            throws GitHubException, GitException, IOException, InterruptedException {
        if (!batch.target().handover().resultsArtifact()) {
            return onBranch(batch, runner, promised);
        }
        Optional<ResultFiles> artifact;
        try {
            artifact = ResultsArtifact.fetch(batch, runner.actions());
        } catch (GitHubException e) {
            if (e.status() != GONE) {
                throw e;
            }
            return Optional.of(onBranch(batch, runner, Optional.empty()).orElseThrow(() -> e));
        }
        if (artifact.isEmpty()) {
            return onBranch(batch, runner, promised);
        }
        if (artifact.get().complete()) {
            return artifact;
        }
        Optional<ResultFiles> branch = onBranch(batch, runner, Optional.empty());
        if (branch.isPresent()) {
            artifact.get().close();
        }
        return branch.or(() -> artifact);
    }

    private Optional<ResultFiles> onBranch(BatchJournal batch, RunnerConnection runner, Optional<WorkflowRun> promised)
            throws GitException, IOException, InterruptedException {
        BranchName branch = Results.branch(batch);
        return results.fetch(batch, runner.git(), promised).map(snapshot -> ResultFiles.on(branch, snapshot));
    }

    private static Optional<BatchSummary> read(
            BatchJournal batch,
            Optional<ResultFiles> found,
            Optional<WorkflowRun> run,
            GitRemote git,
            ResponseJoin join)
            throws GitException, IOException {
        Optional<BatchSummary> summary = found.isPresent() ? from(found.get(), batch, run, join) : Optional.empty();
        if (summary.isEmpty()) {
            readShards(batch, git, join);
        }
        // a branch that was deleted and begun anew may hold less than was collected before, and that was paid for
        readKept(batch, join);
        if (found.isEmpty()) {
            return batch.summary();
        }
        batch.keep(summary);
        return summary;
    }

    private static Optional<BatchSummary> from(
            ResultFiles found, BatchJournal batch, Optional<WorkflowRun> run, ResponseJoin join) throws IOException {
        ResponseParts parts = new ResponseParts(found.place(), found.files());
        if (!found.complete()) {
            parts.readUnverified(found.names(), join);
            return Optional.empty();
        }
        BatchSummary summary = parts.summary(batch.sent().orElseThrow().manifest());
        requireRunOf(batch, found.place(), run, summary);
        parts.readVerified(summary, join);
        return Optional.of(summary);
    }

    /** A batch id may be pushed to by whoever may push: results of a run that cannot be the batch's are nobody's word. */
    private static void requireRunOf(BatchJournal batch, String place, Optional<WorkflowRun> run, BatchSummary summary)
            throws IOException {
        long before = batch.lastRunBefore();
        boolean later = run.filter(ended -> ended.id() == summary.runId() && summary.runAttempt() > ended.attempt())
                .isPresent();
        if (summary.runId() <= before || later) {
            throw new IOException(
                    "`" + BatchFiles.SUMMARY + "` on " + place + " was written by run " + summary.runId() + ", attempt "
                            + summary.runAttempt() + ": expected "
                            + (later
                                    ? "at most attempt " + run.get().attempt()
                                    : "a run after " + before + ", when the batch was dispatched"));
        }
    }

    /** Until all shards are joined each keeps its responses to itself; some may be joined already by an earlier run. */
    private static void readShards(BatchJournal batch, GitRemote git, ResponseJoin join)
            throws GitException, IOException {
        for (BranchName name : Results.shardBranches(batch)) {
            Optional<BranchSnapshot> fetched = git.fetch(name);
            if (fetched.isPresent()) {
                try (BranchSnapshot shard = fetched.get()) {
                    new ResponseParts("branch `" + name + "`", shard::open).readMore(shard.paths(), join);
                }
            }
        }
    }

    private static void readKept(BatchJournal batch, ResponseJoin join) throws IOException {
        if (join.reconciliation().missingCount() > 0 && Files.exists(batch.responses())) {
            ResponseParts.readKept(batch.responses(), join);
        }
        if (batch.cached().isPresent()) {
            ResponseParts.readKept(batch.cached().get(), join);
        }
    }

    private void finish(LockedBatch batch, CollectedBatch collected, Sha256 written, GitRemote git) throws IOException {
        keepInCache(batch.journal());
        batch.append(new Collected(
                clock.instant(),
                collected.commit().map(CommitSha::new),
                collected.duplicates(),
                collected.unknown(),
                Optional.of(written)));
        boolean kept = batch.progress().prepared().target().handover().keepRequests();
        if (!kept
                && batch.progress()
                        .delivered()
                        .flatMap(JournalEvent.Delivered::commit)
                        .isPresent()) {
            deleteRequests(batch.journal(), git);
        }
    }

    private void keepInCache(BatchJournal batch) {
        try {
            cache.keep(batch);
        } catch (IOException e) {
            listener.notKeptInCache(batch.id(), e.getMessage());
        }
    }

    private static void deleteRequests(BatchJournal batch, GitRemote git) {
        try {
            git.delete(new BranchName(BatchFiles.requestsBranch(batch.id())));
        } catch (GitException e) {
            // the branch is only litter now; the responses are here, which is what counts
        }
    }

    private static CollectedBatch outcome(
            BatchJournal batch,
            ResponseJoin join,
            Optional<BatchSummary> summary,
            Optional<String> commit,
            Findings findings)
            throws IOException {
        return new CollectedBatch(
                batch.id(),
                batch.manifest().requestCount(),
                join.counts(),
                join.usage(),
                summary,
                batch.responses(),
                join.reconciliation().missing(),
                join.reconciliation().missingCount(),
                findings.duplicates(),
                findings.unknown(),
                commit,
                Results.branch(batch).value());
    }

    /** Responses that did not fit. */
    private record Findings(List<CustomId> duplicates, List<CustomId> unknown) {
        static Findings of(ResponseJoin join) {
            return new Findings(
                    join.reconciliation().duplicates(), join.reconciliation().unknown());
        }
    }
}
