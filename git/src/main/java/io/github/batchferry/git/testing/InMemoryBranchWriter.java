package io.github.batchferry.git.testing;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Commits to an {@link InMemoryGitRemote}, holding on to the tip it found or made. */
final class InMemoryBranchWriter implements BranchWriter {
    private final InMemoryGitRemote remote;
    private final BranchName branch;
    private final Optional<Instant> date;
    // Mutable state
    private Optional<String> tip;
    private boolean closed;

    InMemoryBranchWriter(InMemoryGitRemote remote, BranchName branch, Optional<String> tip, Optional<Instant> date) {
        this.remote = remote;
        this.branch = branch;
        this.tip = tip;
        this.date = date;
    }

    @Override
    public String commit(List<BranchFile> files, String message) throws GitException {
        if (closed) {
            throw new IllegalStateException("the writer of branch `" + branch + "` is closed");
        }
        BranchFile.requireDistinct(files);
        Map<String, byte[]> content = new TreeMap<>();
        for (BranchFile file : files) {
            content.put(file.path(), read(file));
        }
        tip = Optional.of(remote.push(branch, tip, content, message, date));
        return tip.get();
    }

    private byte[] read(BranchFile file) throws GitException {
        try (InputStream in = file.content().open()) {
            byte[] bytes = in.readAllBytes();
            if (bytes.length != file.size()) {
                throw new GitException("cannot commit `" + file.path() + "` to branch `" + branch + "`: expected "
                        + file.size() + " bytes, found " + bytes.length);
            }
            return bytes;
        } catch (IOException e) {
            throw new GitException("cannot read `" + file.path() + "` for branch `" + branch + "`: " + e, e);
        }
    }

    @Override
    public String tip() {
        return tip.orElse(null);
    }

    @Override
    public void close() {
        closed = true;
    }
}
