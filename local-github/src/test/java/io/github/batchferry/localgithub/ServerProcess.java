package io.github.batchferry.localgithub;

import io.github.batchferry.localgithub.openapi.JudgedFolder;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An embedded GitHub in a JVM of its own, with little memory. */
final class ServerProcess implements Closeable {
    private final Process process;
    private final Path state;
    private final JudgedFolder exchanges = JudgedFolder.create();
    private final String url;

    ServerProcess(Path state) throws IOException {
        this.state = state;
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerMain.class.getName(),
                        state.toString(),
                        exchanges.path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        this.url = out.readLine();
    }

    String url() {
        return url;
    }

    String token() throws IOException {
        return Files.readString(state.resolve("token"));
    }

    long pid() {
        return process.pid();
    }

    /** {@code kill -9}, with nothing else stopped. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Kills it, and holds what was said against GitHub's description. */
    @Override
    public void close() throws IOException {
        kill();
        exchanges.close();
    }
}
