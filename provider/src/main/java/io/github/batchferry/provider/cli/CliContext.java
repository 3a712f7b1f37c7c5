package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.connection.ApiTrace;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Everything of the outside world a command may touch, so that tests run commands in process.
 *
 * @param environment environment variables
 * @param in standard input
 * @param out standard output: data
 * @param err standard error: talk
 * @param directory working directory, absolute; relative paths start here
 * @param clock the time
 * @param random randomness for ids and jitter
 * @param outIsTerminal whether a person looks at standard output
 * @param errIsTerminal whether a person looks at standard error
 */
public record CliContext(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Path directory,
        Clock clock,
        RandomGenerator random,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    private static final int OUT_BUFFER_BYTES = 64 * 1024;

    public CliContext {
        environment = Map.copyOf(environment);
    }

    /** The context of this process. */
    public static CliContext ofProcess(Map<String, String> environment) {
        Terminals terminals = Terminals.ofProcess();
        return new CliContext(
                environment,
                // read through a channel, because a thread that waits in one can be interrupted
                Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_BYTES),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                new SecureRandom(),
                terminals.out(),
                terminals.err());
    }

    /** A path as the user wrote it, made absolute. */
    Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    /** A path as the user would write it: relative where it lies below the working directory. */
    String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(directory) ? directory.relativize(absolute).toString() : absolute.toString();
    }

    /** Folder of everything Batchferry keeps here, journal and embedded GitHub: {@code FERRY_STATE}, else {@code .ferry}. */
    Path stateDirectory() {
        String named = environment.getOrDefault("FERRY_STATE", "");
        return resolve(named.isEmpty() ? ".ferry" : named);
    }

    /** Whether stack traces are wanted: {@code FERRY_DEBUG=trace}. */
    boolean traces() {
        return environment.getOrDefault("FERRY_DEBUG", "").contains("trace");
    }

    /** Prints every exchange with GitHub, if wanted: {@code FERRY_DEBUG=api}. */
    Optional<ApiTrace> apiTrace() {
        boolean wanted = environment.getOrDefault("FERRY_DEBUG", "").contains("api");
        return wanted
                ? Optional.of(new ApiTrace(lines -> err.println(String.join(System.lineSeparator(), lines))))
                : Optional.empty();
    }

    /** Whether help may be coloured. */
    boolean colours() {
        return outIsTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether this process is part of a GitHub Actions job, whose log takes some lines for commands. */
    boolean inActions() {
        return "true".equals(environment.get("GITHUB_ACTIONS"));
    }

    /** Whether a line on standard error can be written over. */
    boolean liveProgress() {
        return errIsTerminal && !"dumb".equals(environment.get("TERM"));
    }
}
