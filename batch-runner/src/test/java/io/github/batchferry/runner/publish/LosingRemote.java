package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.git.testing.InMemoryGitRemote;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loses the answer of one push, usually the first; what was pushed is on the branch at once, or arrives with the next. */
final class LosingRemote implements GitRemote {
    private final InMemoryGitRemote server;

    // Mutable state
    private boolean late;
    private int before;
    private boolean lost;
    private Map<String, byte[]> onTheWay = Map.of();

    LosingRemote(InMemoryGitRemote server) {
        this.server = server;
    }

    LosingRemote late() {
        late = true;
        return this;
    }

    /** Loses a later answer. */
    LosingRemote after(int pushes) {
        before = pushes;
        return this;
    }

    @Override
    public Optional<String> head(BranchName branch) throws GitException {
        return server.head(branch);
    }

    @Override
    public Optional<BranchSnapshot> fetch(BranchName branch) throws GitException {
        return server.fetch(branch);
    }

    @Override
    public BranchWriter write(BranchName branch) throws GitException {
        return losing(branch, server.write(branch));
    }

    @Override
    public BranchWriter create(BranchName branch) {
        return losing(branch, server.create(branch));
    }

    private BranchWriter losing(BranchName branch, BranchWriter writer) {
        return new BranchWriter() {
            @Override
            public String commit(List<BranchFile> files, String message) throws GitException {
                if (!lost && before-- == 0) {
                    lost = true;
                    lose(files, message);
                }
                if (!onTheWay.isEmpty()) {
                    server.put(branch, onTheWay);
                    onTheWay = Map.of();
                }
                return writer.commit(files, message);
            }

            private void lose(List<BranchFile> files, String message) throws GitException {
                if (late) {
                    onTheWay = content(files);
                } else {
                    writer.commit(files, message);
                }
                throw new GitException("cannot reach the server: connection reset");
            }

            @Override
            public String tip() {
                return writer.tip();
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    @Override
    public void delete(BranchName branch) throws GitException {
        server.delete(branch);
    }

    private static Map<String, byte[]> content(List<BranchFile> files) throws GitException {
        Map<String, byte[]> content = new HashMap<>();
        for (BranchFile file : files) {
            try (InputStream in = file.content().open()) {
                content.put(file.path(), in.readAllBytes());
            } catch (IOException e) {
                throw new GitException("cannot read `" + file.path() + "`", e);
            }
        }
        return content;
    }
}
