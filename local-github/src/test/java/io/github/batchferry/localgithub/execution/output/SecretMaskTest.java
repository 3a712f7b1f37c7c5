package io.github.batchferry.localgithub.execution.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.store.JobLogs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    @TempDir
    Path folder;

    @Test
    void aSecretInsideAnotherDoesNotBreakTheLongerOne() {
        SecretMask mask = new SecretMask();
        mask.add("abc");
        mask.add("xabcx");

        assertThat(mask.apply("xabcx abc")).isEqualTo("*** ***");
    }

    @Test
    void ofSecretsThatOverlapNothingIsLeft() {
        SecretMask mask = new SecretMask();
        mask.add("abcX");
        mask.add("Xdef");

        assertThat(mask.apply("-abcXdef-")).isEqualTo("-***-");
    }

    @Test
    void aSecretIsMaskedInsideJsonToo() {
        SecretMask mask = new SecretMask();
        mask.add("say \"it\"");

        assertThat(mask.apply("{\"KEY\": \"say \\\"it\\\"\"}")).isEqualTo("{\"KEY\": \"***\"}");
    }

    @Test
    void blankSecretsMaskNothing() {
        SecretMask mask = new SecretMask();
        mask.add("");
        mask.add("\n \n");

        assertThat(mask.apply("a b")).isEqualTo("a b");
    }

    /** However long a line without end is and wherever it is cut, no piece of a secret is written. */
    @ParameterizedTest
    @ValueSource(ints = {131_040, 131_060, 131_064, 131_068, 131_071, 131_072, 131_073, 139_260, 139_264})
    void aSecretIsNotCutInAnEndlessLine(int before) throws IOException {
        SecretMask mask = new SecretMask();
        mask.add("open-sesame");
        mask.add("a-secret-that-is-longer");
        JobLogs logs = new JobLogs(folder);
        byte[] line = ("x".repeat(before) + "open-sesame" + "y".repeat(300_000)).getBytes(StandardCharsets.UTF_8);

        try (JobLog log = new JobLog(logs, Clock.systemUTC(), mask)) {
            OutputLines.copy(new ByteArrayInputStream(line), mask, log::line);
        }

        String text = new String(logs.open().readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\S+ |\n", "");
        assertThat(text).isEqualTo("x".repeat(before) + "***" + "y".repeat(300_000));
    }
}
