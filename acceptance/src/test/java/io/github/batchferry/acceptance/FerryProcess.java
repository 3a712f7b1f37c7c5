package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.embedded.EmbeddedGitHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The shipped {@code ferry.jar} as a process of its own, in a folder of its own, with the memory the launcher gives it and
 * nothing of the tester's environment that names a token.
 */
final class FerryProcess {
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAR = PROJECT.resolve("provider/target/ferry.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final List<String> arguments;
    private final Path out;
    private final Path err;

    /** What a finished process left. */
    record Result(List<String> arguments, int exit, String out, String err) {
        Result expectExit(int expected) {
            assertThat(exit).as("exit code of %s", this).isEqualTo(expected);
            return this;
        }

        @Override
        public String toString() {
            return "ferry " + String.join(" ", arguments) + "\nexit " + exit + "\n--- stdout\n" + out + "--- stderr\n"
                    + err;
        }
    }

    private FerryProcess(Process process, List<String> arguments, Path out, Path err) {
        this.process = process;
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /** Runs a command to its end. */
    static Result run(Path directory, String... arguments) {
        return start(directory, Map.of(), "", arguments).result();
    }

    /** Runs a command that reads from standard input, to its end. */
    static Result runWithInput(Path directory, String input, String... arguments) {
        return start(directory, Map.of(), input, arguments).result();
    }

    /** Starts a command in the background. */
    static FerryProcess start(Path directory, Map<String, String> environment, String input, String... arguments) {
        try {
            Path streams = Files.createTempDirectory(Path.of("target"), "ferry-streams");
            Path in = Files.writeString(streams.resolve("in"), input);
            Path out = streams.resolve("out");
            Path err = streams.resolve("err");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    JAR.toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.contains("TOKEN") || name.endsWith("_API_KEY"));
            builder.environment()
                    .put(EmbeddedGitHub.EXCHANGES, Exchanges.folder().toString());
            builder.environment().putAll(environment);
            return new FerryProcess(builder.start(), List.of(arguments), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end. */
    Result result() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("not over within " + PATIENCE + ": " + snapshot(-1));
            }
            return snapshot(process.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until stdout or stderr holds a text. */
    FerryProcess awaitOutput(String text) {
        Awaitility.await("`" + text + "` from ferry " + String.join(" ", arguments))
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    Result now = snapshot(-1);
                    if (!process.isAlive() && !(now.out + now.err).contains(text)) {
                        throw new AssertionError("ended without `" + text + "`: " + now);
                    }
                    return (now.out + now.err).contains(text);
                });
        return this;
    }

    /** Everything printed so far. */
    Result snapshot(int exit) {
        try {
            return new Result(arguments, exit, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9} of this process alone; its children live on. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM, as Ctrl-C of a foreground service. */
    void terminate() {
        process.destroy();
    }

    /** The batches that the journal of a folder knows, oldest first. */
    static List<Path> batches(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve(".ferry/batches"))) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Processes below this one. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }
}
