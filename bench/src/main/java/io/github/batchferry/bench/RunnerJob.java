package io.github.batchferry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * One job of the workflow's shape: the event file, the vendors file, a repository over HTTP, and the batch runner's jar as the
 * workflow starts it.
 */
final class RunnerJob implements AutoCloseable {
    private static final String BATCH = "20260115-093000-k3p7qa";
    private static final int MAX_INLINE_BYTES = 48_000;
    private static final int PART_BYTES = 8 * 1024 * 1024;
    /** Those of the mock vendor, in dollars for a million tokens. */
    private static final String PRICES = "{\"vendors\":{\"mock\":{\"models\":{\"" + Requests.MODEL
            + "\":{\"input\":0.15,\"cache_read\":0.075,\"output\":0.6}}}}}";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Setting setting;
    private final Path folder;
    private final Path repository;
    private final GitHost host;
    private final Requests requests;

    RunnerJob(Setting setting, Requests requests) throws IOException {
        this.setting = setting;
        this.requests = requests;
        this.folder = Files.createTempDirectory(setting.scratch(), "job-");
        this.repository = folder.resolve("git/octo/runner.git");
        Files.createDirectories(repository);
        Files.createDirectories(folder.resolve("temp"));
        Files.createDirectories(folder.resolve("workspace"));
        Results.git(repository, "init", "-q", "--bare");
        Results.git(repository, "config", "http.receivepack", "true");
        Results.git(repository, "config", "gc.auto", "0");
        // the host is not what is measured: it searches no deltas in large files
        Results.git(repository, "config", "core.bigFileThreshold", "1m");
        Results.git(repository, "config", "core.compression", "1");
        Files.writeString(folder.resolve("event.json"), event());
        Files.writeString(folder.resolve("temp/prices.json"), PRICES);
        this.host = new GitHost(folder.resolve("git"));
    }

    Path folder() {
        return folder;
    }

    /**
     * Runs the batch runner.
     *
     * @param flags of the JVM
     * @param concurrency the vendor's {@code max_concurrency}
     * @param timeout of one call, as the vendors file writes it
     */
    Outcome run(VendorProcess vendor, int jdk, List<String> flags, int concurrency, String timeout, long limitSeconds)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("temp/vendors.yaml"), vendors(vendor.base(), concurrency, timeout));
        List<String> command = new ArrayList<>();
        command.add(setting.java(jdk).toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", setting.jars().runner().toString()));
        Measured measured = new MeasuredProcess(folder, environment(), limitSeconds).run(command);
        JsonNode stats = vendor.stats();
        if (measured.exit() != 0) {
            return new Outcome(measured, stats, null, requests.count(), MeasuredProcess.tail(folder, 600));
        }
        Results results = Results.read(repository, "eval-results/" + BATCH, requests.count());
        return new Outcome(measured, stats, results, requests.count(), "");
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("GITHUB_EVENT_PATH", folder.resolve("event.json").toString()),
                Map.entry("GITHUB_TOKEN", "ghs_benchmark-of-the-job"),
                Map.entry("GITHUB_SERVER_URL", host.url()),
                Map.entry("GITHUB_REPOSITORY", "octo/runner"),
                Map.entry("GITHUB_RUN_ID", "42"),
                Map.entry("GITHUB_RUN_ATTEMPT", "1"),
                Map.entry("GITHUB_STEP_SUMMARY", folder.resolve("page.md").toString()),
                Map.entry("GITHUB_WORKSPACE", folder.resolve("workspace").toString()),
                Map.entry("RUNNER_TEMP", folder.resolve("temp").toString()),
                Map.entry("BENCH_API_KEY", "sk-benchmark-0123456789"));
    }

    private static String vendors(URI base, int concurrency, String timeout) {
        return "vendors:\n  - name: mock\n    kind: openai\n    base_url: " + base + "\n    key_env: BENCH_API_KEY\n"
                + "    models: [\"*\"]\n    max_concurrency: " + concurrency + "\n    max_attempts: 20\n    timeout: "
                + timeout + "\n";
    }

    private String event() throws IOException {
        Map<String, Object> manifest = new java.util.LinkedHashMap<>();
        manifest.put("schema_version", 1);
        manifest.put("batch_id", BATCH);
        manifest.put("created_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        manifest.put("request_count", requests.count());
        manifest.put("requests_bytes", requests.bytes());
        manifest.put("requests_sha256", requests.sha256());
        manifest.put("vendor", null);
        manifest.put("client", "bench");
        return JSON.writeValueAsString(Map.of(
                "inputs",
                Map.of(
                        "batch_id",
                        BATCH,
                        "manifest",
                        JSON.writeValueAsString(manifest),
                        "prompts_artifact",
                        artifact())));
    }

    /** Inline where it fits, else on a branch: as the client does. */
    private String artifact() throws IOException {
        if (requests.count() <= 2000) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                Files.copy(requests.file(), gzip);
            }
            if (packed.size() <= MAX_INLINE_BYTES) {
                return "inline:" + Base64.getEncoder().encodeToString(packed.toByteArray());
            }
        }
        return "branch:eval-batches/" + BATCH + "@" + commitRequests();
    }

    private String commitRequests() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        split(tree);
        Path objects = repository;
        String[] in = {"--work-tree", tree.toString()};
        Results.git(objects, in[0], in[1], "add", "-A");
        Results.git(
                objects,
                "-c",
                "user.name=bench",
                "-c",
                "user.email=bench@localhost",
                in[0],
                in[1],
                "commit",
                "-q",
                "-m",
                "requests");
        String commit = Results.git(objects, "rev-parse", "HEAD");
        Results.git(objects, "update-ref", "refs/heads/eval-batches/" + BATCH, commit);
        delete(tree);
        return commit;
    }

    private void split(Path tree) throws IOException {
        int part = 0;
        long written = PART_BYTES;
        OutputStream out = OutputStream.nullOutputStream();
        try (BufferedReader lines = Files.newBufferedReader(requests.file())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
                if (written + bytes.length > PART_BYTES) {
                    out.close();
                    out = new java.io.BufferedOutputStream(
                            Files.newOutputStream(tree.resolve(String.format("requests-%04d.jsonl", part++))), 1 << 16);
                    written = 0;
                }
                out.write(bytes);
                written += bytes.length;
            }
        }
        out.close();
    }

    @Override
    public void close() throws IOException {
        host.close();
        if (setting.keep()) {
            System.out.println("    kept " + folder);
        } else {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
