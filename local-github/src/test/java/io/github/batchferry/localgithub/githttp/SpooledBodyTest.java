package io.github.batchferry.localgithub.githttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpooledBodyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 10, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000})
    void theBodyIsGivenBackAndSkippingEndsAtItsEnd(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        try (SpooledBody body = SpooledBody.receive(new ByteArrayInputStream(content), folder, 1 << 30)) {
            assertThat(body.onDisk()).isEqualTo(size >= 1 << 20);
            try (InputStream in = body.open()) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
            try (InputStream in = body.open()) {
                int begun = in.read() < 0 ? 0 : 1;
                assertThat(skipAll(in)).isEqualTo(size - begun);
                assertThat(in.skip(Long.MAX_VALUE)).isZero();
                assertThat(in.read()).isEqualTo(-1);
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static long skipAll(InputStream in) throws IOException {
        long total = 0;
        long skipped;
        while ((skipped = in.skip(Long.MAX_VALUE)) > 0) {
            total += skipped;
        }
        return total;
    }

    @Test
    void tooLargeABodyIsRefusedAndLeavesNothing() {
        assertThatThrownBy(() -> SpooledBody.receive(new ByteArrayInputStream(new byte[3_000_000]), folder, 2_000_000))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
