package io.github.batchferry.localgithub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLogsTest {
    @TempDir
    Path folder;

    private static String read(InputStream in) throws IOException {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void say(JobLogs logs, int step, String text) throws IOException {
        try (OutputStream out = logs.append(step)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theLogOfAJobIsThatOfItsStepsInTheOrderOfTheirNumbers() throws IOException {
        JobLogs logs = new JobLogs(folder.resolve("steps"));
        assertThat(logs.steps()).isEmpty();
        assertThat(logs.size()).isZero();
        assertThat(read(logs.open())).isEmpty();

        say(logs, 1000, "thousand\n");
        say(logs, 2, "two\n");
        say(logs, 1, "one\n");
        say(logs, 2, "more\n");
        Files.writeString(folder.resolve("steps/notes.txt"), "not a step");

        assertThat(logs.steps()).containsExactly(1, 2, 1000);
        assertThat(read(logs.open())).isEqualTo("one\ntwo\nmore\nthousand\n");
        assertThat(logs.size()).isEqualTo(22);
        assertThat(logs.size(2)).isEqualTo(9);
        assertThat(logs.size(3)).isZero();
        assertThat(read(logs.open(2, 4))).isEqualTo("more\n");
        assertThat(read(logs.open(3, 0))).isEmpty();
    }
}
