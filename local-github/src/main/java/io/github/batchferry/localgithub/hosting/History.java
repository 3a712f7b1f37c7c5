package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What led to what in a repository. Thread-safe. All commits are given by their full names and exist. */
public final class History {
    private final Repository git;

    History(Repository git) {
        this.git = git;
    }

    /**
     * The commits that lead to a commit, with it, newest first.
     *
     * @param path only those that changed what is there; all if empty
     * @param since not committed before this
     * @param until not committed after this
     */
    public List<RevCommit> log(String tip, String path, Optional<Instant> since, Optional<Instant> until)
            throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRewriteParents(false);
            walk.sort(RevSort.COMMIT_TIME_DESC, true);
            walk.sort(RevSort.TOPO_KEEP_BRANCH_TOGETHER, false);
            if (!path.isEmpty()) {
                walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
            }
            walk.markStart(walk.parseCommit(ObjectId.fromString(tip)));
            return all(walk).stream()
                    .filter(commit -> since.filter(committed(commit)::isBefore).isEmpty())
                    .filter(commit -> until.filter(committed(commit)::isAfter).isEmpty())
                    .toList();
        }
    }

    private static Instant committed(RevCommit commit) {
        return Instant.ofEpochSecond(commit.getCommitTime());
    }

    private static List<RevCommit> all(RevWalk walk) {
        List<RevCommit> commits = new ArrayList<>();
        walk.forEach(commits::add);
        return commits;
    }

    /** The latest commit that leads to both; empty if they have nothing in common. */
    public Optional<String> mergeBase(String one, String other) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
            return Optional.ofNullable(walk.next()).map(RevCommit::name);
        }
    }

    /** The commits that lead to one commit and not to another, oldest first. */
    public List<RevCommit> between(String base, String head) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(base)));
            List<RevCommit> commits = all(walk);
            Collections.reverse(commits);
            return commits;
        }
    }
}
