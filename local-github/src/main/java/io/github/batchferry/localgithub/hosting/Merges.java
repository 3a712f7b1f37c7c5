package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Brings two lines of commits together, without a work tree and without moving a branch. Thread-safe. */
public final class Merges {
    private final Repository git;
    private final GitObjects objects;

    Merges(Repository git) {
        this.git = git;
        this.objects = new GitObjects(git);
    }

    /** The tree that holds the changes of both; empty if they contradict each other. */
    public Optional<String> tree(String base, String head) throws IOException {
        return merge(MergeStrategy.RECURSIVE.newMerger(git, true), base, head);
    }

    /**
     * Commits the changes of single commits again on top of another, oldest first; the last one is given back. Empty if
     * one of them contradicts what is there by then. Merges among them are passed over.
     */
    public Optional<String> rebase(String base, List<RevCommit> commits, PersonIdent committer) throws IOException {
        String tip = base;
        for (RevCommit commit : commits) {
            if (commit.getParentCount() > 1) {
                continue;
            }
            Optional<String> tree = replay(tip, commit);
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            tip = objects.insertCommit(
                    tree.get(), List.of(tip), commit.getFullMessage(), commit.getAuthorIdent(), committer);
        }
        return Optional.of(tip);
    }

    private Optional<String> replay(String tip, RevCommit commit) throws IOException {
        ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(git, true);
        if (commit.getParentCount() == 1) {
            merger.setBase(commit.getParent(0));
        }
        return merge(merger, tip, commit.name());
    }

    private Optional<String> merge(ThreeWayMerger merger, String ours, String theirs) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit left = walk.parseCommit(ObjectId.fromString(ours));
            RevCommit right = walk.parseCommit(ObjectId.fromString(theirs));
            return merger.merge(left, right)
                    ? Optional.of(merger.getResultTreeId().name())
                    : Optional.empty();
        }
    }
}
