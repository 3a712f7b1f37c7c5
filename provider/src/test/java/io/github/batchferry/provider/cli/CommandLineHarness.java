package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.batch.BatchListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs command lines in process, in a directory of their own, with batches that a test scripts. */
final class CommandLineHarness {
    final Path directory;
    final FakeBatches batches;

    // Mutable state
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private boolean terminal;
    private int opened;
    private int closed;

    CommandLineHarness(Path directory) {
        this.directory = directory;
        this.batches = new FakeBatches(directory.resolve(".ferry/batches/" + FakeBatches.ID));
    }

    /** What a command line left. */
    record Result(List<String> arguments, int exitCode, String out, String err) {
        Result expectExit(int expected) {
            assertThat(exitCode).as("exit code of %s", this).isEqualTo(expected);
            return this;
        }

        @Override
        public String toString() {
            return "ferry " + String.join(" ", arguments) + "\nexit " + exitCode + "\n--- stdout\n" + out
                    + "--- stderr\n" + err;
        }
    }

    CommandLineHarness withFile(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
        return this;
    }

    CommandLineHarness withInput(String text) {
        input = text;
        return this;
    }

    CommandLineHarness withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CommandLineHarness onTerminal() {
        terminal = true;
        return this;
    }

    /** Runs a command line against the scripted batches. */
    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Ferry.run(context(out, err), this::open, arguments);
        assertThat(closed).as("connections closed").isEqualTo(opened);
        return new Result(
                List.of(arguments),
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    private BatchesOpener.Session open(CliContext context, BatchListener listener) {
        opened++;
        batches.listener = listener;
        return new BatchesOpener.Session(batches, () -> closed++);
    }

    private CliContext context(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new CliContext(
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                directory,
                Clock.fixed(Instant.parse("2026-01-15T09:31:00Z"), ZoneOffset.UTC),
                new Random(1),
                terminal,
                terminal);
    }
}
