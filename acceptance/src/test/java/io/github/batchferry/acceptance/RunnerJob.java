package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The shipped batch runner as a process of its own, as the workflow's last step starts it, and a repository to push to. */
final class RunnerJob implements Closeable {
    static final BatchId BATCH = new BatchId("20260115-093000-k3p7qa");
    private static final BranchName RESULTS =
            new BranchName(BatchFiles.resultsBranch(BatchFiles.DEFAULT_RESULTS_PREFIX, BATCH));

    private final Path folder;
    private final LocalGitHub github;
    private final List<Process> started = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();

    private RunnerJob(Path folder, LocalGitHub github) {
        this.folder = folder;
        this.github = github;
    }

    /** Prepares a job that is to answer some requests by the one vendor {@code mock}. */
    static RunnerJob of(Path folder, List<String> requests, URI vendor, String vendorSettings) throws IOException {
        LocalGitHub github = Embedded.start(folder);
        RunnerJob job = new RunnerJob(folder, github);
        github.createRepository("octo", "runner");
        Files.createDirectories(folder.resolve("temp"));
        Files.writeString(folder.resolve("temp/vendors.yaml"), """
                vendors:
                  - name: mock
                    kind: openai
                    base_url: %s
                    models: ["*"]
                """.formatted(vendor) + vendorSettings.indent(4));
        job.writeEvent(requests);
        return job;
    }

    /** Sets a variable of the step. */
    RunnerJob variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Starts the runner in a workspace; its log goes to a file. */
    Process start(Path workspace) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(workflowFlags());
        command.addAll(List.of("-jar", jar().toString()));
        ProcessBuilder java = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Map<String, String> environment = java.environment();
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_") || name.endsWith("_API_KEY"));
        environment.put("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
        environment.put("GITHUB_TOKEN", github.token());
        environment.put("GITHUB_SERVER_URL", github.url().toString());
        environment.put("GITHUB_REPOSITORY", "octo/runner");
        environment.put("GITHUB_RUN_ID", "42");
        environment.put("GITHUB_RUN_ATTEMPT", Integer.toString(started.size() + 1));
        environment.put("GITHUB_WORKSPACE", workspace.toString());
        environment.put("RUNNER_TEMP", folder.resolve("temp").toString());
        environment.putAll(variables);
        Process process = java.start();
        started.add(process);
        return process;
    }

    /** The flags with which the workflow starts the runner. */
    private static List<String> workflowFlags() throws IOException {
        Path workflow = FerryProcess.PROJECT.resolve("runner-workflow/workflows/run-evals.yml");
        Matcher command = Pattern.compile("bin/java\" (-.*?) -jar").matcher(Files.readString(workflow));
        if (!command.find()) {
            throw new IOException("no java command in " + workflow);
        }
        return List.of(command.group(1).split(" +"));
    }

    /** What all processes printed. */
    Path log() {
        return folder.resolve("log.txt");
    }

    /** The files on the results branch, by name; none before the first push. */
    Map<String, String> results() throws GitException, IOException {
        Map<String, String> files = new LinkedHashMap<>();
        Optional<BranchSnapshot> branch =
                Embedded.git(github, "octo/runner", folder.resolve("fetched")).fetch(RESULTS);
        if (branch.isPresent()) {
            try (BranchSnapshot snapshot = branch.get()) {
                for (String path : snapshot.paths()) {
                    try (InputStream in = snapshot.open(path)) {
                        files.put(path, new String(in.readAllBytes(), UTF_8));
                    }
                }
            }
        }
        return files;
    }

    /** The parts of responses on the results branch, by name. */
    Map<String, String> parts() throws GitException, IOException {
        Map<String, String> parts = results();
        parts.keySet().removeIf(name -> !BatchFiles.isResponsesPart(name));
        return parts;
    }

    /** The summary, once the batch is complete. */
    Optional<BatchSummary> summary() throws Exception {
        String json = results().get(BatchFiles.SUMMARY);
        return json == null ? Optional.empty() : Optional.of(BatchSummary.parse(json.getBytes(UTF_8)));
    }

    @Override
    public void close() throws IOException {
        started.forEach(Process::destroyForcibly);
        github.close();
    }

    private void writeEvent(List<String> lines) throws IOException {
        byte[] requests = (String.join("\n", lines) + "\n").getBytes(UTF_8);
        BatchManifest manifest = new BatchManifest(
                BATCH,
                Instant.parse("2026-01-15T09:30:00Z"),
                lines.size(),
                requests.length,
                Sha256.of(requests),
                Optional.empty(),
                "test");
        Map<String, String> inputs = Map.of(
                BatchFiles.INPUT_BATCH_ID,
                BATCH.value(),
                BatchFiles.INPUT_MANIFEST,
                manifest.toJson().toString(),
                BatchFiles.INPUT_PROMPTS_ARTIFACT,
                new PromptsArtifact.Inline(gzip(requests)).toInput());
        Files.write(folder.resolve("event.json"), new ObjectMapper().writeValueAsBytes(Map.of("inputs", inputs)));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(FerryProcess.PROJECT.resolve("batch-runner/target"))) {
            return files.filter(file -> file.toString().endsWith("-all.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
