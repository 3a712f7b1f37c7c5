package io.github.batchferry.localgithub.collaboration;

import io.github.batchferry.localgithub.hosting.FileChange;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The changes that a pull request brings, computed from git.
 *
 * @param repository where it is
 * @param pull with its branches where they are now, or last were
 */
public record Proposal(HostedRepository repository, PullRequest pull) {
    /** Its commits, oldest first. */
    public List<RevCommit> commits() throws IOException {
        return repository.history().between(pull.baseCommit(), pull.headCommit());
    }

    /** Where its head left the base; empty if they have nothing in common any more. */
    public Optional<String> fork() throws IOException {
        return repository.history().mergeBase(pull.baseCommit(), pull.headCommit());
    }

    /** The files that it changes. */
    public List<FileChange> files() throws IOException {
        return repository.changes().between(fork(), pull.headCommit());
    }

    /** The tree that the base would have with it; empty if the two contradict each other. */
    public Optional<String> mergedTree() throws IOException {
        return repository.merges().tree(pull.baseCommit(), pull.headCommit());
    }
}
