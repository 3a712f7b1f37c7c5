package io.github.batchferry.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads runs, leniently: what an older server leaves out gets its natural value. */
final class RunJson {
    private final String runPages;

    RunJson(GitHubServer server, RepositorySlug repository) {
        this.runPages = server.webUrl() + "/" + repository + "/actions/runs/";
    }

    /** @throws IllegalArgumentException if it is not a run */
    WorkflowRun run(JsonNode node) {
        long id = node.path("id").longValue();
        String status = node.path("status").asText("");
        if (id <= 0 || status.isEmpty() || !node.hasNonNull("created_at")) {
            throw new IllegalArgumentException("not a run");
        }
        return new WorkflowRun(
                id,
                node.path("run_attempt").asInt(1),
                node.path("display_title").asText(""),
                node.path("event").asText(""),
                status,
                Optional.ofNullable(node.path("conclusion").textValue()),
                OffsetDateTime.parse(node.path("created_at").asText()).toInstant(),
                page(node, id));
    }

    /** @throws IllegalArgumentException if it is not a list of runs */
    List<WorkflowRun> list(JsonNode node) {
        if (!node.path("workflow_runs").isArray()) {
            throw new IllegalArgumentException("not a list of runs");
        }
        List<WorkflowRun> runs = new ArrayList<>();
        node.path("workflow_runs").forEach(run -> runs.add(run(run)));
        return List.copyOf(runs);
    }

    /** A run's page for people, as told or else as it is made: a run that was started must not be lost over its address. */
    URI page(JsonNode node, long id) {
        try {
            return new URI(node.path("html_url").asText(runPages + id));
        } catch (URISyntaxException e) {
            return URI.create(runPages + id);
        }
    }
}
