package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A runner repository of a served GitHub and one target for it, with keys of the test's choice. */
final class ServedRunner implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final FerryProcess server;
    private final Served served;

    ServedRunner(Path home, SlowVendor vendor) throws IOException {
        this.home = home;
        this.server = FerryProcess.start(
                home,
                Map.of(),
                "",
                "local-github",
                "serve",
                "--openai-base-url",
                vendor.baseUrl(),
                "--state",
                "github");
        this.served = Served.awaitIn(server, home);
        target();
    }

    /** Gives the target more keys. */
    void target(String... keys) throws IOException {
        StringBuilder targets = new StringBuilder(served.targets());
        for (String key : keys) {
            targets.append("    ").append(key).append('\n');
        }
        Files.writeString(home.resolve("targets.yaml"), targets);
    }

    /**
     * Installs the shipped workflow with differences, beside the shipped one.
     *
     * @param others what stands there instead, by what the shipped one says
     */
    void variant(String file, Map<String, String> others) {
        String workflow = new String(RunnerRepositoryFiles.workflow(), StandardCharsets.UTF_8);
        for (Map.Entry<String, String> other : others.entrySet()) {
            assertThat(workflow).contains(other.getKey());
            workflow = workflow.replace(other.getKey(), other.getValue());
        }
        repository().workflow(file, workflow);
    }

    Repository repository() {
        return new Repository(new Api(served.url(), served.token()), Embedded.REPOSITORY);
    }

    /** Runs ferry with the token to its end. */
    FerryProcess.Result ferry(String... arguments) {
        return start(arguments).result();
    }

    FerryProcess start(String... arguments) {
        return FerryProcess.start(home, Map.of(served.tokenVariable(), served.token()), "", arguments);
    }

    String targetName() {
        return served.targetName();
    }

    /** All runs, the newest first. */
    List<JsonNode> runs() {
        return repository().api().all(repository().path("/actions/runs?per_page=100"), "workflow_runs");
    }

    /** Branches with results, of shards and of batches. */
    List<String> resultBranches() {
        List<String> names = new ArrayList<>();
        for (JsonNode ref : repository().api().get(repository().path("/git/matching-refs/heads/eval-results/"))) {
            names.add(ref.path("ref").asText().replace("refs/heads/", ""));
        }
        return names;
    }

    /** Names of the files on a branch. */
    List<String> files(String branch) {
        List<String> names = new ArrayList<>();
        for (JsonNode file : repository().api().get(repository().path("/contents/?ref=" + branch))) {
            names.add(file.path("name").asText());
        }
        return names;
    }

    /** The ids of collected responses. */
    static List<String> ids(Path responses) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : Files.readAllLines(responses)) {
            ids.add(JSON.readTree(line).path("custom_id").asText());
        }
        return ids;
    }

    @Override
    public void close() {
        server.terminate();
        server.result();
    }
}
