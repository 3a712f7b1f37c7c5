package io.github.batchferry.provider.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The web browser of whoever sits at this machine. */
final class Browser {
    /** What opens an address in it: on Linux, and on macOS. */
    private static final List<String> OPENERS = List.of("xdg-open", "open");

    private final Map<String, String> environment;
    private final Path page;

    /**
     * @param environment whose PATH has the program that opens it
     * @param folder private folder for the file that leads there
     */
    Browser(Map<String, String> environment, Path folder) {
        this.environment = Map.copyOf(environment);
        this.page = folder.resolve("open.html");
    }

    /**
     * Shows an address. Returns at once. The browser is given a file that leads there, not the address: all users of a
     * machine see what programs are started with, and the address is a secret.
     *
     * @param link without characters that mean something in HTML
     * @return what went wrong, and what to do; empty if nothing did
     */
    Optional<String> show(String link) {
        Optional<Path> opener = opener();
        if (opener.isEmpty()) {
            return Optional.of("cannot open a browser: found no " + String.join(" and no ", OPENERS)
                    + " on the PATH; open the link yourself");
        }
        try {
            writeForOwnerOnly("""
                    <!DOCTYPE html>
                    <meta charset="utf-8">
                    <meta http-equiv="refresh" content="0; url=%1$s">
                    <title>Batchferry</title>
                    <p><a href="%1$s">Go on to the embedded GitHub</a></p>
                    """.formatted(link));
            start(opener.get());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot open a browser: " + e.getMessage() + "; open the link yourself");
        }
    }

    private void writeForOwnerOnly(String content) throws IOException {
        Files.deleteIfExists(page);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                page,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void start(Path opener) throws IOException {
        ProcessBuilder process =
                new ProcessBuilder(opener.toString(), page.toAbsolutePath().toString());
        process.environment().clear();
        process.environment().putAll(environment);
        process.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        process.start();
    }

    /** Removes the file. */
    void forget() throws IOException {
        Files.deleteIfExists(page);
    }

    private Optional<Path> opener() {
        List<Path> folders = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return OPENERS.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
