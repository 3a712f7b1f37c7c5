package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a repository with nothing of ours in it to the first batch that it answers. */
class InitRunnerTest {
    private static final String CAPITALS =
            FerryProcess.PROJECT.resolve("examples/capitals.jsonl").toString();
    private static final String SET_KEY =
            "gh secret set OPENAI_API_KEY --repo " + RunnerRepositories.NAME + " --env batchferry";

    @TempDir
    Path home;

    private RunnerRepositories runners;

    @BeforeEach
    void start() throws IOException {
        runners = new RunnerRepositories(home);
    }

    @AfterEach
    void stop() throws IOException {
        runners.close();
    }

    private FerryProcess.Result run() {
        return runners.ferry("run", CAPITALS, "--target", RunnerRepositories.TARGET, "-o", "out.jsonl");
    }

    private JsonNode pulls() {
        return runners.repository.api().get(runners.repository.path("/pulls"));
    }

    @Test
    void aMergedPullRequestMakesItAnswerBatchesAndDoneAgainChangesNothing() throws Exception {
        runners.repository.commit("README.md", "ours");

        String proposed = runners.initRunner().expectExit(0).out();
        JsonNode first = pulls();
        String again = runners.initRunner().expectExit(0).out();

        JsonNode pulls = pulls();
        assertThat(pulls).hasSize(1);
        assertThat(pulls.at("/0/head/sha"))
                .as("no new commit for what is proposed already")
                .isEqualTo(first.at("/0/head/sha"));
        assertThat(proposed)
                .contains("proposed in " + pulls.at("/0/html_url").asText())
                .contains("  merge " + pulls.at("/0/html_url").asText())
                .contains("  " + SET_KEY + "\n");
        assertThat(again).isEqualTo(proposed);
        runners.repository.api().expect(200, "PUT", runners.repository.path("/pulls/1/merge"), "{}");
        runners.github.setSecret("acme", "eval-runner", "batchferry", "OPENAI_API_KEY", "sk-5f1c9e7a");

        assertThat(runners.initRunner().expectExit(0).out())
                .contains("nothing to change")
                .doesNotContain("next:");
        assertThat(runners.text("README.md")).isEqualTo("ours");
        run().expectExit(0);
        assertThat(Files.readAllLines(home.resolve("out.jsonl"))).hasSize(5);
    }

    @Test
    void onlyTheDefaultBranchIsLetIntoTheEnvironment() throws Exception {
        runners.repository.commit("README.md", "ours");

        runners.initRunner("--push").expectExit(0);

        JsonNode policies = runners.repository
                .api()
                .get(runners.repository.path("/environments/batchferry/deployment-branch-policies"));
        assertThat(policies.findValuesAsText("name")).containsExactly("main");
    }

    @Test
    void rulesThatSomebodyGaveTheEnvironmentStay() {
        runners.repository.commit("README.md", "ours");
        String rules = "{\"wait_timer\":5,\"deployment_branch_policy\":null}";
        runners.repository.api().expect(200, "PUT", runners.repository.path("/environments/batchferry"), rules);

        FerryProcess.Result result = runners.initRunner("--push").expectExit(0);

        assertThat(result.err())
                .contains(
                        "environment `batchferry` has rules of its own, which stay; see that it lets branch `main` in");
        JsonNode kept = runners.repository.api().get(runners.repository.path("/environments/batchferry"));
        assertThat(kept.at("/protection_rules/0/wait_timer").asInt()).isEqualTo(5);
        assertThat(kept.path("deployment_branch_policy").isNull()).isTrue();
    }

    @Test
    void anEmptyRepositoryIsFilledAtOnceWhenThatIsAskedFor() throws Exception {
        assertThat(runners.initRunner().expectExit(1).err())
                .contains("is empty")
                .contains("--push");

        assertThat(runners.initRunner("--push").expectExit(0).out()).contains("committed to main as ");

        run().expectExit(0);
    }

    @Test
    void vendorsOfItsOwnAreKeptAndTheirKeysReachTheBatchRunner() throws Exception {
        String vendors = """
                vendors:
                  - name: ours
                    kind: openai
                    base_url: https://llm.example.com/v1
                    key_env: OUR_KEY
                    models: ["*"]
                """;
        runners.repository.commit(".ferry/vendors.yaml", vendors);
        runners.github.setSecret("acme", "eval-runner", "OUR_KEY", "sk-5f1c9e7a");

        FerryProcess.Result result = runners.initRunner("--push").expectExit(0);

        assertThat(runners.text(".ferry/vendors.yaml")).isEqualTo(vendors);
        assertThat(runners.text(".github/workflows/run-evals.yml")).contains("OUR_KEY: ${{ secrets.OUR_KEY }}");
        assertThat(result.out()).contains("gh secret set OUR_KEY --repo acme/eval-runner --env batchferry");
        assertThat(result.err()).contains("secret OUR_KEY is kept for the whole repository");
    }

    @Test
    void vendorsWithAMistakeAreNamedAndNothingIsChanged() throws Exception {
        runners.repository.commit(".ferry/vendors.yaml", "vendors:\n  - name: ours\n");

        assertThat(runners.initRunner("--push").expectExit(2).err()).contains(".ferry/vendors.yaml:2");

        assertThat(runners.repository.api().get(runners.repository.path("/contents/.ferry")))
                .hasSize(1);
    }

    @Test
    void aJarThatTheWorkflowDoesNotNameEndsTheRunInItsFirstStepWithWords() throws Exception {
        runners.initRunner("--push").expectExit(0);
        runners.replace(".ferry/batch-runner.jar", "evil".getBytes(UTF_8));

        FerryProcess.Result result = run().expectExit(1);

        assertThat(result.err())
                .contains("Fetch the batch runner")
                .contains("does not have the sha-256 that FERRY_RUNNER_SHA256 of this workflow names")
                .contains("ferry init-runner acme/eval-runner");
        runners.initRunner("--push").expectExit(0);
        run().expectExit(0);
    }

    @Test
    void whatTheTokenMayNotIsSaidWithWhatItNeeds() throws Exception {
        runners.repository.commit("README.md", "ours");
        String reader = runners.appToken(Map.of("contents", "read", "pull_requests", "write"));

        assertThat(runners.initRunnerAs(reader).expectExit(4).err())
                .contains("the token (environment variable RUNNER_TOKEN)")
                .contains("contents, workflows and pull requests of `acme/eval-runner`")
                .contains("gh auth refresh --scopes repo,workflow");
    }

    @Test
    void withoutRightsOverTheEnvironmentTheRestIsDoneAndItSaysSo() throws Exception {
        runners.repository.commit("README.md", "ours");
        String developer = runners.appToken(
                Map.of("contents", "write", "workflows", "write", "pull_requests", "write", "actions", "read"));

        FerryProcess.Result result = runners.initRunnerAs(developer).expectExit(0);

        assertThat(result.err()).contains("warning: cannot restrict environment `batchferry` to branch `main` (403)");
        assertThat(result.out()).contains("proposed in ");
    }

    @Test
    void aRepositoryThatIsNotThereIsNamed() {
        FerryProcess.Result result = runners.as(
                runners.github.token(),
                "init-runner",
                "acme/none",
                "--api-url",
                runners.github.apiUrl().toString(),
                "--token-env",
                "RUNNER_TOKEN");

        assertThat(result.expectExit(1).err())
                .contains("repository `acme/none` is not there")
                .contains("gh repo create acme/none --private");
    }
}
