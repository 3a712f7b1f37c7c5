package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job is told about itself, and what it can prove. */
class JobFactsTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private List<String> said(long run) {
        return hub.log(run).lines().map(line -> line.substring(29)).toList();
    }

    @Test
    void aJobThatMayCanProveWhoItIsAsLongAsItRuns() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                permissions: { id-token: write }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    environment: { name: staging, url: "https://${{ steps.ask.outputs.host }}/" }
                    steps:
                      - id: ask
                        run: |
                          echo "token $ACTIONS_ID_TOKEN_REQUEST_TOKEN"
                          echo "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" > token
                          echo "$ACTIONS_ID_TOKEN_REQUEST_URL" > url
                          curl -sf -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
                            "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=me" > answer
                          echo host=example.test >> "$GITHUB_OUTPUT"
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText())
                .as(hub.log(run))
                .isEqualTo("success");
        Path workspace = hub.workspace(state, run);
        String proof = Json.MAPPER
                .readTree(Files.readAllBytes(workspace.resolve("answer")))
                .path("value")
                .asText();
        JsonNode claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(proof.split("\\.")[1]));
        assertThat(claims.path("sub").asText()).isEqualTo("repo:acme/runner:environment:staging");
        assertThat(claims.path("aud").asText()).isEqualTo("me");
        assertThat(claims.path("job_workflow_ref").asText())
                .isEqualTo("acme/runner/" + Hub.WORKFLOW + "@refs/heads/main");
        assertThat(claims.path("check_run_id").asLong())
                .isEqualTo(hub.job(run).path("id").asLong());
        assertThat(said(run)).contains("token ***", "Evaluated environment url: https://example.test/");
        String token = Files.readString(workspace.resolve("token")).strip();
        String url = Files.readString(workspace.resolve("url")).strip();
        assertThat(hub.send(hub.request(url).header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aJobThatMayNotCannotEvenAsk() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                permissions: { contents: read }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: test -z "$ACTIONS_ID_TOKEN_REQUEST_TOKEN$ACTIONS_ID_TOKEN_REQUEST_URL$ACTIONS_RUNTIME_TOKEN"
                """);

        String log = hub.logOfSuccess(Map.of());

        assertThat(log).contains("Contents: read\n", "Metadata: read\n").doesNotContain("IdToken");
    }

    @Test
    void aJobWhoseVariablesHaveNoValueFailsBeforeItsSteps() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    env: { A: "${{ fromJSON(github.actor) }}" }
                    steps:
                      - { run: echo never, if: always() }
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.job(run).path("steps").findValuesAsText("conclusion"))
                .containsExactly("failure", "skipped", "success");
    }

    @Test
    void toolsAreKeptForLaterJobs() throws IOException {
        hub.script("test ! -e \"$RUNNER_TOOL_CACHE/tool\"", "echo t > \"$RUNNER_TOOL_CACHE/tool\"");
        hub.logOfSuccess(Map.of());
        hub.script("cat \"$RUNNER_TOOL_CACHE/tool\"; test \"$RUNNER_WORKSPACE\" = \"${GITHUB_WORKSPACE%/*}\"");

        assertThat(hub.logOfSuccess(Map.of())).contains(" t\n");
    }

    @Test
    void aJobKnowsWhetherItsBranchIsProtected() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                run-name: ${{ github.ref_protected && 'guarded' || 'open' }}
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: echo "protected $GITHUB_REF_PROTECTED ${{ github.ref_protected == true }}"
                      - run: echo "${{ github.repositoryUrl }} ${{ github.repository_visibility }} ${{ github.secret_source }}"
                """);
        long open = hub.dispatch();
        hub.awaitEnd(open);
        hub.github.protectBranch(Hub.OWNER, Hub.NAME, "main");
        long guarded = hub.dispatch();
        hub.awaitEnd(guarded);

        assertThat(hub.run(open).path("display_title").asText()).isEqualTo("open");
        assertThat(said(open)).contains("protected false false");
        assertThat(hub.run(guarded).path("display_title").asText()).isEqualTo("guarded");
        String server = hub.github.url().toString().replace("http:", "git:");
        assertThat(said(guarded)).contains("protected true true", server + "/acme/runner.git private Actions");
    }
}
