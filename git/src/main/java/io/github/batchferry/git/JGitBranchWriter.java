package io.github.batchferry.git;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Commits in a temporary repository and pushes with a lease on the tip it knows; the zero id is the lease of a new branch. */
final class JGitBranchWriter implements BranchWriter {
    private final GitServer server;
    private final TemporaryRepository temporary;
    private final BranchName branch;
    private final CommitMaker commits;
    // Mutable state
    private ObjectId tip;
    private Optional<ObjectId> unconfirmed = Optional.empty();

    JGitBranchWriter(GitServer server, TemporaryRepository temporary, BranchName branch, ObjectId tip, Clock clock) {
        this.server = server;
        this.temporary = temporary;
        this.branch = branch;
        this.tip = tip;
        this.commits = new CommitMaker(temporary.repository(), clock);
    }

    @Override
    public String commit(List<BranchFile> files, String message) throws GitException {
        settleUnconfirmed();
        ObjectId made = make(files, message);
        push(made);
        tip = made;
        return made.name();
    }

    private ObjectId make(List<BranchFile> files, String message) throws GitException {
        try {
            return commits.make(tip, files, message);
        } catch (IOException e) {
            throw new GitException("cannot commit to branch `" + branch + "`: " + e.getMessage(), e);
        }
    }

    private void push(ObjectId made) throws GitException {
        RemoteRefUpdate.Status status;
        try {
            status = server.talk(temporary.repository(), branch, session -> session.push("push to", update(made)));
        } catch (BranchMovedException | GitAuthenticationException e) {
            throw e;
        } catch (PushRefusedException e) {
            throw movedMeanwhile() ? new BranchMovedException(branch) : e;
        } catch (GitException e) {
            unconfirmed = Optional.of(made);
            settleOrThrow(e);
            return;
        }
        if (status == RemoteRefUpdate.Status.UP_TO_DATE) {
            // somebody else made the very same commit
            throw new BranchMovedException(branch);
        }
    }

    /** The answer of a push was lost: the server may have taken it, and then it must not be taken for somebody else's. */
    private void settleOrThrow(GitException lost) throws GitException {
        ObjectId before = tip;
        try {
            settleUnconfirmed();
        } catch (GitException stillUnreachable) {
            lost.addSuppressed(stillUnreachable);
            throw lost;
        }
        if (tip.equals(before)) {
            throw lost;
        }
    }

    private void settleUnconfirmed() throws GitException {
        if (unconfirmed.isPresent()) {
            if (head().equals(unconfirmed)) {
                tip = unconfirmed.get();
            }
            unconfirmed = Optional.empty();
        }
    }

    private boolean movedMeanwhile() throws GitException {
        return !head().orElse(ObjectId.zeroId()).equals(tip);
    }

    private Optional<ObjectId> head() throws GitException {
        return server.talk(temporary.repository(), branch, GitSession::head).map(ObjectId::fromString);
    }

    private RemoteRefUpdate update(ObjectId made) throws GitException {
        try {
            return new RemoteRefUpdate(temporary.repository(), made.name(), made, branch.ref(), false, null, tip);
        } catch (IOException e) {
            throw new GitException("cannot push to branch `" + branch + "`: " + e, e);
        }
    }

    @Override
    public String tip() {
        return tip.equals(ObjectId.zeroId()) ? null : tip.name();
    }

    @Override
    public void close() throws IOException {
        temporary.close();
    }
}
