package io.github.batchferry.runner;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.git.testing.InMemoryGitRemote;
import io.github.batchferry.runner.publish.Pace;
import io.github.batchferry.runner.transport.Adapters;
import io.github.batchferry.runner.transport.HttpTransport;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A job of GitHub Actions in a temporary folder, with a repository in memory. What it prints is kept. */
public final class TestJob {
    public static final BatchId BATCH = new BatchId("20260115-093000-k3p7qa");
    public static final BranchName RESULTS = new BranchName("eval-results/" + BATCH);
    public static final String TOKEN = "ghs_1234567890_job-token";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> inputs = new HashMap<>();
    private final InMemoryGitRemote remote = new InMemoryGitRemote();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    // Mutable state
    private GitRemote door = remote;
    private Adapters adapters = Adapters.installed();
    private Timing timing = new Timing(
            new Pace(Duration.ofHours(1), 5_000, Duration.ofHours(1)),
            Duration.ofHours(1),
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            2);

    public TestJob(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("temp"));
        environment.put("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
        environment.put("GITHUB_TOKEN", TOKEN);
        environment.put("GITHUB_SERVER_URL", "https://github.com");
        environment.put("GITHUB_REPOSITORY", "octo/runner");
        environment.put("GITHUB_RUN_ID", "42");
        environment.put("GITHUB_RUN_ATTEMPT", "1");
        environment.put("GITHUB_STEP_SUMMARY", folder.resolve("page.md").toString());
        environment.put("GITHUB_OUTPUT", folder.resolve("outputs").toString());
        environment.put("GITHUB_WORKSPACE", folder.resolve("workspace").toString());
        environment.put("RUNNER_TEMP", folder.resolve("temp").toString());
        inputs.put(BatchFiles.INPUT_BATCH_ID, BATCH.value());
        vendors("vendors:\n  - name: echo\n    kind: echo\n    models: [\"*\"]\n");
    }

    /** A request line whose text is to be echoed. */
    public static String echo(String customId, String text) {
        return "{\"custom_id\":\"" + customId + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                + "{\"model\":\"echo-1\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}}";
    }

    public static BatchManifest manifest(byte[] requests) {
        return manifest(requests, BatchOptions.STANDARD);
    }

    public static BatchManifest manifest(byte[] requests, BatchOptions options) {
        long lines = new String(requests, StandardCharsets.UTF_8).lines().count();
        return new BatchManifest(
                BATCH,
                Instant.parse("2026-01-15T09:30:00Z"),
                Math.max(1, lines),
                requests.length,
                Sha256.of(requests),
                Optional.empty(),
                "test",
                options);
    }

    public static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public TestJob requests(List<String> lines) {
        return requests(lines, BatchOptions.STANDARD);
    }

    public TestJob requests(List<String> lines, BatchOptions options) {
        byte[] requests = bytes(lines);
        inputs.put(
                BatchFiles.INPUT_MANIFEST, manifest(requests, options).toJson().toString());
        inputs.put(BatchFiles.INPUT_PROMPTS_ARTIFACT, new PromptsArtifact.Inline(gzip(requests)).toInput());
        inputs.put(BatchFiles.INPUT_SHARDS, BatchFiles.shards(options.shards()));
        return this;
    }

    public TestJob vendors(String yaml) throws IOException {
        Files.writeString(folder.resolve("temp/vendors.yaml"), yaml);
        return this;
    }

    /** Gives the runner repository prices of its own. */
    public TestJob prices(String json) throws IOException {
        Files.writeString(folder.resolve("temp/prices.json"), json);
        return this;
    }

    /** Gives the batch, whose requests were set, a budget in US dollars. */
    public TestJob budget(String dollars) {
        return input(
                BatchFiles.INPUT_MANIFEST,
                inputs.get(BatchFiles.INPUT_MANIFEST).replace("\"max_cost_usd\":null", "\"max_cost_usd\":" + dollars));
    }

    public TestJob input(String name, String value) {
        inputs.put(name, value);
        return this;
    }

    /** An input as it was given. */
    public String input(String name) {
        return inputs.get(name);
    }

    public TestJob variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public TestJob timing(Timing other) {
        timing = other;
        return this;
    }

    public Timing timing() {
        return timing;
    }

    /** The kinds of vendors that can be asked. */
    public TestJob adapters(Adapters others) {
        adapters = others;
        return this;
    }

    /** Puts something between the batch runner and the repository. */
    public TestJob door(GitRemote other) {
        door = other;
        return this;
    }

    public InMemoryGitRemote remote() {
        return remote;
    }

    public Path workspace() {
        return folder.resolve("workspace");
    }

    public BatchRun newRun() throws IOException {
        Files.write(folder.resolve("event.json"), JsonSupport.MAPPER.writeValueAsBytes(Map.of("inputs", inputs)));
        return new BatchRun(new Surroundings(
                environment,
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                (job, scratch) -> door,
                adapters,
                HttpTransport.forVendors(),
                new Random(1),
                InstantSource.system(),
                timing,
                "test"));
    }

    public int run() throws IOException {
        return newRun().run();
    }

    /** Everything printed so far. */
    public String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    public String page() throws IOException {
        return Files.readString(folder.resolve("page.md"));
    }

    /** All responses on the branch, in the order of parts. */
    public List<ResponseLine> responses() {
        List<ResponseLine> responses = new ArrayList<>();
        remote.paths(RESULTS).stream()
                .filter(BatchFiles::isResponsesPart)
                .forEach(part ->
                        responses.addAll(responses(remote.read(RESULTS, part).orElseThrow())));
        return responses;
    }

    /** What the results branch says of how far the batch is. */
    public RunProgress progress() {
        return progress(RESULTS);
    }

    public RunProgress progress(BranchName branch) {
        try {
            return RunProgress.parse(remote.read(branch, BatchFiles.PROGRESS).orElseThrow());
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    /** What the step left for later jobs. */
    public String outputs() throws IOException {
        Path file = folder.resolve("outputs");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    public Optional<BatchSummary> summary() {
        return remote.read(RESULTS, BatchFiles.SUMMARY).map(json -> {
            try {
                return BatchSummary.parse(json);
            } catch (MalformedJsonException e) {
                throw new AssertionError(e);
            }
        });
    }

    public static List<ResponseLine> responses(byte[] part) {
        List<ResponseLine> responses = new ArrayList<>();
        try (JsonlReader reader = new JsonlReader(new ByteArrayInputStream(part))) {
            for (Optional<JsonlLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                responses.add(ResponseLineCodec.read(line.get().bytes()));
            }
        } catch (IOException | MalformedJsonException e) {
            throw new AssertionError(e);
        }
        return responses;
    }
}
