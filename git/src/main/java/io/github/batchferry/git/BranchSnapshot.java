package io.github.batchferry.git;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files at the tip of a fetched branch. Closing it removes the temporary copy. */
public interface BranchSnapshot extends Closeable {
    /** The commit, 40 hex digits. */
    String commit();

    /** Paths of all files, sorted. */
    List<String> paths();

    /**
     * Opens a file; large ones are streamed.
     *
     * @throws java.nio.file.NoSuchFileException if the branch holds no such path
     */
    InputStream open(String path) throws IOException;
}
