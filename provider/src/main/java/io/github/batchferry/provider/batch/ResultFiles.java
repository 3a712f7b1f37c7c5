package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.wire.BatchFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The files of a batch's results, wherever they are. Closing it removes the copy here.
 *
 * @param place where they are, for messages: {@code branch `eval-results/…`}
 * @param names names of the files
 * @param files opens them
 * @param commit the commit that holds them; empty if they are on no branch
 * @param copy what is kept of them here
 */
record ResultFiles(String place, List<String> names, ResponseParts.Files files, Optional<String> commit, Closeable copy)
        implements Closeable {
    /** Those on a branch. */
    static ResultFiles on(BranchName branch, BranchSnapshot snapshot) {
        return new ResultFiles(
                "branch `" + branch + "`", snapshot.paths(), snapshot::open, Optional.of(snapshot.commit()), snapshot);
    }

    /** Whether they are declared complete. */
    boolean complete() {
        return names.contains(BatchFiles.SUMMARY);
    }

    @Override
    public void close() throws IOException {
        copy.close();
    }
}
