package io.github.batchferry.git;

import java.io.Closeable;
import java.util.List;

/**
 * Adds commits to one branch and pushes each at once. Never forces: if somebody else moved the branch, the commit is refused
 * with a {@link BranchMovedException}. Files of earlier commits stay. Not thread-safe. Closing removes the temporary copy.
 */
public interface BranchWriter extends Closeable {
    /**
     * Commits files on top of what the branch holds and pushes.
     *
     * @param files files to add or replace, at least one
     * @param message commit message
     * @return the new commit, 40 hex digits
     * @throws BranchMovedException if the branch is no longer where this writer left it
     */
    String commit(List<BranchFile> files, String message) throws GitException;

    /** The tip as this writer knows it: the last commit it made or found, or null before the first of a new branch. */
    String tip();
}
