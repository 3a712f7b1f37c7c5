package io.github.batchferry.git;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A repository on a server. Every call may take a while and throws a {@link GitException} when the server cannot be
 * reached or refuses.
 */
public interface GitRemote {
    /** Files up to this many bytes come with {@link #fetchSmallFiles}. */
    int SMALL_BYTES = 8192;

    /** The commit a branch points at, 40 hex digits, or empty if there is no such branch. */
    Optional<String> head(BranchName branch) throws GitException;

    /**
     * Fetches the tip of a branch, without history, to a temporary place that closing the snapshot removes.
     *
     * @return empty if there is no such branch
     */
    Optional<BranchSnapshot> fetch(BranchName branch) throws GitException;

    /**
     * Names of all files at the tip of a branch, sorted, for much less than fetching them where the server lets it.
     *
     * @return empty if there is no such branch
     */
    default Optional<List<String>> names(BranchName branch) throws GitException, IOException {
        Optional<BranchSnapshot> fetched = fetch(branch);
        if (fetched.isEmpty()) {
            return Optional.empty();
        }
        try (BranchSnapshot snapshot = fetched.get()) {
            return Optional.of(snapshot.paths());
        }
    }

    /**
     * Fetches the tip of a branch like {@link #fetch}, but leaves out the contents of large files where the server lets it,
     * so that a small file on a branch of gigabytes costs little.
     *
     * @return empty if there is no such branch; opening a file of more than {@value #SMALL_BYTES} bytes may fail
     */
    default Optional<BranchSnapshot> fetchSmallFiles(BranchName branch) throws GitException {
        return fetch(branch);
    }

    /**
     * Opens a branch for writing. A branch that does not exist begins as an orphan, with a commit without parents; an
     * existing one is continued on top of its tip. Nothing is sent before the first commit.
     */
    BranchWriter write(BranchName branch) throws GitException;

    /**
     * Opens a branch that is known not to exist, without asking the server. If it exists after all, the first commit is
     * refused with a {@link BranchMovedException}. Pays if called before the first commit is needed: it does what can be done
     * ahead.
     */
    BranchWriter create(BranchName branch) throws GitException;

    /**
     * The same, with commits that are all dated alike. The same files on a new branch then make the same commit, whoever
     * makes it and whenever. A remote that cannot date commits dates them as they are made.
     *
     * @param date of every commit, to the second
     */
    default BranchWriter write(BranchName branch, Instant date) throws GitException {
        return write(branch);
    }

    /** Deletes a branch; one that does not exist is left alone. */
    void delete(BranchName branch) throws GitException;
}
