package io.github.batchferry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in half the client's heap, which is too small for the file. */
class LargeFileTest {
    private static final long SIZE = 130L * 1024 * 1024;
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");

    @TempDir
    Path folder;

    @Test
    void aFileOfMoreThan100MegabytesIsPushedAndFetchedInALittleMemory() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(SIZE);
        String expected = digest(new Generated(SIZE));

        BareRepository repository = BareRepository.create(folder.resolve("server.git"));
        try (GitHttpServer server = new GitHttpServer(repository, "token")) {
            GitRemote remote = new JGitRemote(
                    server.url(), Optional.of("token"), folder.resolve("scratch"), Duration.ofSeconds(60));
            try (BranchWriter writer = remote.write(BRANCH)) {
                writer.commit(List.of(new BranchFile("large.jsonl", SIZE, () -> new Generated(SIZE))), "large");
                writer.commit(List.of(Contents.file("summary.json", "{}")), "small");
            }
            try (BranchSnapshot snapshot = remote.fetch(BRANCH).orElseThrow()) {
                assertThat(digest(snapshot.open("large.jsonl"))).isEqualTo(expected);
            }
        }
    }

    private static String digest(InputStream content) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(content, sha)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Bytes that compress a little, the same ones every time. */
    private static final class Generated extends InputStream {
        private final SplittableRandom random = new SplittableRandom(42);
        // Mutable state
        private long left;

        Generated(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? random.nextInt() & 0x7f : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            for (int i = 0; i < count; i++) {
                bytes[from + i] = (byte) (random.nextInt() & 0x7f);
            }
            left -= count;
            return count;
        }
    }
}
