package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A repository and its runs, looked at and worked on by REST alone.
 *
 * @param api as whom
 * @param name owner and name
 */
record Repository(Api api, String name) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The path of something in it. */
    String path(String below) {
        return "/repos/" + name + below;
    }

    /** The same as the holder of another token sees it. */
    Repository as(String token) {
        return new Repository(api.as(token), name);
    }

    /** Commits a new file to the default branch. */
    Repository commit(String file, String content) {
        ObjectNode body = JSON.createObjectNode()
                .put("message", "Add " + file)
                .put("content", Base64.getEncoder().encodeToString(content.getBytes(UTF_8)));
        api.expect(201, "PUT", path("/contents/" + file), body.toString());
        return this;
    }

    /** Commits a new workflow. */
    Repository workflow(String file, String content) {
        return commit(".github/workflows/" + file, content);
    }

    /** The body of a dispatch of the default branch. */
    static String dispatching(Map<String, String> inputs) {
        ObjectNode body = JSON.createObjectNode().put("ref", "main").put("return_run_details", true);
        body.set("inputs", JSON.valueToTree(inputs));
        return body.toString();
    }

    /** Dispatches a workflow; the number of the run. */
    long dispatch(String workflow, Map<String, String> inputs) {
        return api.expect(200, "POST", path("/actions/workflows/" + workflow + "/dispatches"), dispatching(inputs))
                .path("workflow_run_id")
                .asLong();
    }

    String runPath(long run) {
        return path("/actions/runs/" + run);
    }

    JsonNode run(long run) {
        return api.get(runPath(run));
    }

    /** Waits until a run is over; its conclusion. */
    String awaitEnd(long run) {
        return await("the end of run " + run)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> run(run), json -> json.path("status").asText().equals("completed"))
                .path("conclusion")
                .asText();
    }

    /** Waits until a run is over, which must have succeeded; else, all its logs are shown. */
    void awaitSuccess(long run) {
        String conclusion = awaitEnd(run);
        if (!conclusion.equals("success")) {
            StringBuilder logs = new StringBuilder();
            jobs(run).stream()
                    .filter(job -> !job.path("conclusion").asText().equals("success"))
                    .forEach(job -> logs.append(job).append('\n').append(logOrNothing(job)));
            throw new AssertionError("run " + run + " ended as " + conclusion + ":\n" + logs);
        }
    }

    private String logOrNothing(JsonNode job) {
        return job.path("steps").isEmpty() ? "" : log(job);
    }

    /** The jobs of a run's latest attempt. */
    List<JsonNode> jobs(long run) {
        return api.all(runPath(run) + "/jobs", "jobs");
    }

    /** The conclusions of the jobs of a run's latest attempt, by their names; of all, names must differ. */
    Map<String, String> conclusions(long run) {
        Map<String, String> conclusions = new LinkedHashMap<>();
        for (JsonNode job : jobs(run)) {
            String name = job.path("name").asText();
            assertThat(conclusions.put(name, job.path("conclusion").asText()))
                    .as(name)
                    .isNull();
        }
        return conclusions;
    }

    /** A job of a run's latest attempt by its name. */
    JsonNode job(long run, String job) {
        return jobs(run).stream()
                .filter(each -> each.path("name").asText().equals(job))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no job `" + job + "` in " + jobs(run)));
    }

    String log(JsonNode job) {
        return new String(api.file(path("/actions/jobs/" + job.path("id").asLong() + "/logs")), UTF_8);
    }

    String log(long run, String job) {
        return log(job(run, job));
    }

    /** The artifacts of a run. */
    List<JsonNode> artifacts(long run) {
        return api.all(runPath(run) + "/artifacts", "artifacts");
    }

    /** The text files of an artifact by their paths; its zip must be what the API says of it. */
    Map<String, String> files(JsonNode artifact) {
        byte[] zip = api.file(artifact.path("archive_download_url").asText());
        assertThat(zip).hasSize(artifact.path("size_in_bytes").asInt());
        assertThat(artifact.path("digest").asText()).isEqualTo("sha256:" + Texts.sha256(zip));
        assertThat(artifact.path("expired").asBoolean()).isFalse();
        return Texts.ofZip(zip);
    }
}
