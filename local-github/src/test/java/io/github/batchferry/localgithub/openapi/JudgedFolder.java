package io.github.batchferry.localgithub.openapi;

import io.github.batchferry.localgithub.exchanges.Exchange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder for the exchanges of a test, which are held against GitHub's description when it is closed.
 *
 * @param path folder to record into
 */
public record JudgedFolder(Path path) implements Closeable {
    /** A new folder below {@code target}. */
    public static JudgedFolder create() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "exchanges"));
        return new JudgedFolder(
                Files.createTempDirectory(parent, "").toAbsolutePath().normalize());
    }

    /**
     * Judges what was recorded and removes it; with violations, it stays for those who look for the cause.
     *
     * @return how many exchanges there were
     * @throws AssertionError with all violations, if there are any
     */
    public int judge() throws IOException {
        List<Exchange> exchanges = RecordedExchanges.in(path);
        List<Violation> violations = GitHubSpec.get().violations(exchanges);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " of " + exchanges.size() + " exchanges recorded in " + path
                    + " are none that GitHub would have had:\n"
                    + violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
        }
        remove();
        return exchanges.size();
    }

    private void remove() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }

    /** Judges what was recorded. */
    @Override
    public void close() throws IOException {
        judge();
    }
}
