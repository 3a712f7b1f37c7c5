package io.github.batchferry.localgithub.githttp;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Finds out whether a push changes workflows, which takes a permission of its own. */
final class PushedWorkflows {
    private static final String FOLDER = ".github/workflows";

    private PushedWorkflows() {}

    /**
     * A workflow file that one of the pushed commits adds, changes or removes; empty if none does.
     *
     * @param git as it is before the push, but with its objects
     * @param tip what a ref is to point at
     */
    static Optional<String> changed(Repository git, ObjectId tip) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            if (!(walk.peel(walk.parseAny(tip)) instanceof RevCommit pushed)) {
                return Optional.empty();
            }
            walk.markStart(pushed);
            for (Ref known : git.getRefDatabase().getRefs()) {
                if (known.getObjectId() != null
                        && walk.peel(walk.parseAny(known.getObjectId())) instanceof RevCommit commit) {
                    walk.markUninteresting(commit);
                }
            }
            for (RevCommit commit : walk) {
                Optional<String> file = changed(walk, commit);
                if (file.isPresent()) {
                    return file;
                }
            }
            return Optional.empty();
        }
    }

    /** A file that is in no parent as it is in the commit; what a merge takes over from one of them was looked at there. */
    private static Optional<String> changed(RevWalk walk, RevCommit commit) throws IOException {
        try (TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            trees.setRecursive(true);
            trees.setFilter(AndTreeFilter.create(PathFilter.create(FOLDER), TreeFilter.ANY_DIFF));
            trees.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                trees.addTree(walk.parseCommit(parent).getTree());
            }
            if (commit.getParentCount() == 0) {
                trees.addTree(new EmptyTreeIterator());
            }
            while (trees.next()) {
                if (IntStream.range(1, trees.getTreeCount()).noneMatch(parent -> trees.idEqual(0, parent))) {
                    return Optional.of(trees.getPathString());
                }
            }
            return Optional.empty();
        }
    }
}
