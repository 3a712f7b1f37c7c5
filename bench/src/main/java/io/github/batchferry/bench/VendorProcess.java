package io.github.batchferry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The mock vendor in a process of its own. */
final class VendorProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final URI base;

    private VendorProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** @param options as its command line takes them */
    static VendorProcess start(Setting setting, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                setting.java(setting.newest()).toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-jar",
                setting.jars().vendor().toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the mock vendor did not start with " + command);
        }
        return new VendorProcess(process, URI.create(line));
    }

    /** Ends with {@code /v1}. */
    URI base() {
        return base;
    }

    JsonNode stats() throws IOException {
        return JSON.readTree(base.resolve("/__mock/stats").toURL());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
