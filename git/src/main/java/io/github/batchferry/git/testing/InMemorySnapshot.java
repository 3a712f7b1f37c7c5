package io.github.batchferry.git.testing;

import io.github.batchferry.git.BranchSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads a commit; like the real one it cannot be read once closed. */
final class InMemorySnapshot implements BranchSnapshot {
    private final InMemoryCommit commit;
    // Mutable state
    private volatile boolean closed;

    InMemorySnapshot(InMemoryCommit commit) {
        this.commit = commit;
    }

    @Override
    public String commit() {
        return commit.id();
    }

    @Override
    public List<String> paths() {
        return List.copyOf(commit.files().keySet());
    }

    @Override
    public InputStream open(String path) throws IOException {
        if (closed) {
            throw new IOException("cannot read `" + path + "`: the snapshot is closed");
        }
        byte[] content = commit.files().get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public void close() {
        closed = true;
    }
}
