package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchTest {
    private static final String DISPATCHES = Hub.repository("/actions/workflows/job.yml/dispatches");
    private static final String INPUTS = """
            on:
              workflow_dispatch:
                inputs:
                  id: { required: true }
                  text:
                  mode: { type: choice, options: [fast, slow] }
            jobs:
              job:
                runs-on: ubuntu-24.04
                steps:
                  - run: "true"
            """;

    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).workflow(INPUTS);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private static void assertRefused(HttpResponse<String> response, int status, String message) {
        JsonNode body = Hub.json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(body.path("message").asText()).isEqualTo(message);
        assertThat(body.path("status").asText()).isEqualTo("" + status);
        assertThat(body.path("documentation_url").asText()).startsWith("https://docs.github.com/rest");
    }

    private void assertNothingRan() {
        assertThat(hub.json(Hub.repository("/actions/runs")).path("total_count").asInt())
                .isZero();
    }

    @Test
    void aDispatchTellsItsRunOnlyWhenAsked() {
        HttpResponse<String> told = hub.tryDispatch(Map.of("id", "x"));
        HttpResponse<String> untold = hub.post(DISPATCHES, "{\"ref\":\"refs/heads/main\",\"inputs\":{\"id\":\"x\"}}");

        JsonNode details = Hub.json(told);
        long run = details.path("workflow_run_id").asLong();
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(details.path("run_url").asText())
                .isEqualTo(hub.github.url() + Hub.repository("/actions/runs/" + run));
        assertThat(details.path("html_url").asText()).endsWith("/acme/runner/actions/runs/" + run);
        assertThat(untold.statusCode()).isEqualTo(204);
        assertThat(untold.body()).isEmpty();
        assertThat(hub.json(Hub.repository("/actions/runs")).path("total_count").asInt())
                .isEqualTo(2);
    }

    @Test
    void aWorkflowThatIsNotOnTheDefaultBranchIsNotFound() {
        assertRefused(
                hub.post(Hub.repository("/actions/workflows/other.yml/dispatches"), "{\"ref\":\"main\"}"),
                404,
                "Not Found");
    }

    @Test
    void inputsMustBeTheDeclaredOnes() {
        assertRefused(hub.tryDispatch(Map.of("id", "1", "x", "2")), 422, "Unexpected inputs provided: [\"x\"]");
        assertRefused(hub.tryDispatch(Map.of("text", "1")), 422, "Required input 'id' not provided");
        assertRefused(
                hub.tryDispatch(Map.of("id", "1", "mode", "warp")),
                422,
                "Provided value 'warp' for input 'mode' not in the list of allowed values");
        assertNothingRan();
    }

    @Test
    void inputsHaveLimits() {
        Map<String, String> many = IntStream.range(0, 26).boxed().collect(Collectors.toMap(i -> "in" + i, i -> ""));
        // {"id":"","text":""} without the values is 19 characters
        String fits = "é".repeat(65_535 - 20);

        assertThat(hub.tryDispatch(Map.of("id", "1", "text", fits)).statusCode())
                .isEqualTo(200);
        assertRefused(hub.tryDispatch(Map.of("id", "1", "text", fits + "x")), 422, "inputs are too large.");
        assertRefused(
                hub.tryDispatch(many),
                422,
                "Invalid request.\n\nNo more than 25 properties are allowed; 26 were supplied.");
    }

    @Test
    void theRefMustBeABranchOrATag() {
        String sha = hub.run(hub.dispatch(Map.of("id", "1"))).path("head_sha").asText();

        assertRefused(hub.post(DISPATCHES, "{\"ref\":\"nope\"}"), 422, "No ref found for: nope");
        assertRefused(hub.post(DISPATCHES, "{\"ref\":\"" + sha + "\"}"), 422, "No ref found for: " + sha);
        assertRefused(hub.post(DISPATCHES, "{}"), 422, "Invalid request.\n\n\"ref\" wasn't supplied.");
        assertRefused(
                hub.post(DISPATCHES, "{\"ref\":\"main\",\"extra\":1}"),
                422,
                "Invalid request.\n\n\"extra\" is not a permitted key.");
        assertRefused(hub.post(DISPATCHES, "{\"ref\":"), 400, "Problems parsing JSON");
    }

    @Test
    void aWorkflowWithoutTheTriggerCannotBeDispatched() throws IOException {
        hub.workflow(INPUTS.replaceFirst("(?s)^on:.*jobs:", "on: push\njobs:"));

        assertRefused(hub.tryDispatch(Map.of()), 422, "Workflow does not have 'workflow_dispatch' trigger");
    }

    @Test
    void whatIsNotSupportedIsRefusedBeforeAnythingRuns() throws IOException {
        hub.workflow(INPUTS + "      - uses: actions/cache@v4\n      - run: ${{ A || 'b' }}\n");

        assertRefused(hub.tryDispatch(Map.of("id", "1")), 422, """
                .github/workflows/job.yml:12: the embedded GitHub does not support the action `actions/cache@v4` yet; it \
                does actions/checkout, actions/download-artifact, actions/upload-artifact itself, and runs composite \
                actions of the workspace
                .github/workflows/job.yml:13: Unrecognized named-value: 'A'. Located at position 1 within expression: \
                A || 'b'; known here: env, github, inputs, job, matrix, needs, runner, secrets, steps, strategy, vars""");
        assertNothingRan();
    }

    @Test
    void aWorkflowIsFoundByNumberByFileAndInTheList() throws IOException {
        hub.file(".github/workflows/broken.yaml", "{").file(".github/workflows/notes.txt", "");

        JsonNode list = hub.json(Hub.repository("/actions/workflows"));
        JsonNode byFile = hub.json(Hub.repository("/actions/workflows/job.yml"));

        assertThat(list.path("total_count").asInt()).isEqualTo(2);
        assertThat(list.path("workflows").findValuesAsText("path"))
                .containsExactly(".github/workflows/broken.yaml", Hub.WORKFLOW);
        assertThat(byFile.path("state").asText()).isEqualTo("active");
        assertThat(hub.json(Hub.repository("/actions/workflows/" + byFile.path("id"))))
                .isEqualTo(byFile);
    }
}
