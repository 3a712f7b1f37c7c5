package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Submission;
import io.github.batchferry.provider.cli.CommandLineHarness.Result;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.Accounts;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
    private static final String THREE_RESPONSES = FakeBatches.lines(Map.of(ResponseStatus.SUCCEEDED, 3L));
    private static final String TARGETS = """
            targets:
              - name: cloud
                provider: github-actions
                repo: myorg/eval-runner
              - name: ollama
                provider: local-github
                openai_base_url: http://127.0.0.1:11434/v1
            """;

    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() throws Exception {
        ferry = new CommandLineHarness(directory).withFile("prompts.jsonl", "{}\n");
    }

    @Test
    void withNothingConfiguredTheEmbeddedGitHubAnswersAndASummaryIsPrinted() {
        Result result = ferry.run("run", "prompts.jsonl").expectExit(0);

        assertThat(ferry.batches.target).isEqualTo(Target.Embedded.standard());
        assertThat(ferry.batches.submitted).isEqualTo("prompts.jsonl: {}\n");
        assertThat(ferry.batches.calls).containsExactly("submit", "watch", "collect");
        assertThat(result.out()).isEqualTo("""
                        batch      20260115-093000-k3p7qa
                        target     local
                        run        completed: success, run 7 of the embedded GitHub
                        requests   3
                        succeeded  3
                        errored    0
                        tokens     1,200 in, 340 out
                        time       0.0 s
                        responses  .ferry/batches/20260115-093000-k3p7qa/responses.jsonl
                        branch     eval-results/20260115-093000-k3p7qa of the embedded GitHub at 1a2b3c4d5e6f
                        """);
        assertThat(result.err()).isEqualTo("""
                        prepared 3 requests as batch 20260115-093000-k3p7qa
                        delivered 1.2 kB inside the dispatch
                        dispatched
                        run https://github.com/myorg/eval-runner/actions/runs/7
                        run completed: success
                        collected 3 responses
                        """);
    }

    @Test
    void writesTheResponsesWhereTheUserWantsThem() throws Exception {
        Result result = ferry.run("run", "prompts.jsonl", "-o", "answers.jsonl").expectExit(0);

        assertThat(directory.resolve("answers.jsonl")).hasContent(THREE_RESPONSES.strip());
        assertThat(result.out()).contains("responses  answers.jsonl\n");
        try (var files = Files.list(directory)) {
            assertThat(files.map(p -> p.getFileName().toString()))
                    .as("nothing half-written is left beside")
                    .containsExactlyInAnyOrder("answers.jsonl", "prompts.jsonl", ".ferry");
        }
    }

    @Test
    void responsesOnStandardOutputMoveTheTableToStandardError() {
        Result result = ferry.run("run", "prompts.jsonl", "-o", "-").expectExit(0);

        assertThat(result.out()).isEqualTo(THREE_RESPONSES);
        assertThat(result.err()).contains("succeeded  3\n").contains("responses  -\n");
    }

    @Test
    void responsesCanBeWrittenAsTheyArrive() throws Exception {
        Path answers = Files.writeString(directory.resolve("answers.jsonl"), "what an earlier run left\n");
        ferry.batches.onWatch = () -> {
            assertThat(ferry.batches.streamed).isPresent();
            assertThat(answers).as("begun anew with the first response").hasContent("what an earlier run left");
        };
        Result result = ferry.run("run", "prompts.jsonl", "--as-completed", "-o", "answers.jsonl")
                .expectExit(0);

        assertThat(answers).hasContent(THREE_RESPONSES.strip());
        assertThat(result.out()).contains("responses  answers.jsonl\n");
        ferry.batches.onWatch = () -> {};
        assertThat(ferry.run("run", "prompts.jsonl", "--as-completed", "-o", "-")
                        .expectExit(0)
                        .out())
                .isEqualTo(THREE_RESPONSES);
    }

    @Test
    void withoutThatOptionNobodyWantsThemEarlier() {
        ferry.run("run", "prompts.jsonl", "-o", "answers.jsonl").expectExit(0);

        assertThat(ferry.batches.streamed).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenAnyMoreIsToldWhenAllAreCollected() {
        ferry.batches.onWatch =
                () -> directory.resolve("answers.jsonl").toFile().mkdir();
        Result result = ferry.run("run", "prompts.jsonl", "--as-completed", "-o", "answers.jsonl")
                .expectExit(1);

        assertThat(ferry.batches.calls).containsExactly("submit", "watch", "collect");
        assertThat(result.err()).contains("error: cannot write responses to `answers.jsonl`: ");
    }

    @Test
    void aProgramGetsOneJsonObjectInsteadOfTheTable() throws Exception {
        Result result = ferry.run("run", "prompts.jsonl", "--json").expectExit(0);

        assertThat(result.out().lines()).hasSize(1);
        JsonNode json = JsonSupport.MAPPER.readTree(result.out());
        assertThat(json.at("/batch_id").asText()).isEqualTo("20260115-093000-k3p7qa");
        assertThat(json.at("/run/conclusion").asText()).isEqualTo("success");
        assertThat(json.at("/results/counts/succeeded").asInt()).isEqualTo(3);
        assertThat(json.at("/results/counts/missing").asInt()).isZero();
        assertThat(json.at("/results/token_usage/input").asInt()).isEqualTo(1200);
        assertThat(json.at("/results/commit").asText()).isEqualTo(FakeBatches.COMMIT);
        assertThat(json.at("/exit_code").asInt()).isZero();
    }

    @Test
    void jsonAndResponsesCannotBothHaveStandardOutput() {
        Result result = ferry.run("run", "prompts.jsonl", "--json", "-o", "-").expectExit(2);

        assertThat(result.err())
                .isEqualTo("error: --json and --output - both want standard output; write the responses to a file\n");
        assertThat(ferry.batches.calls).isEmpty();
    }

    @Test
    void readsRequestsFromStandardInput() {
        ferry.withInput("{\"id\":\"a\"}\n").run("run", "-").expectExit(0);

        assertThat(ferry.batches.submitted).isEqualTo("-: {\"id\":\"a\"}\n");
    }

    @Test
    void cacheAndEconomyAreWishesOfTheSubmission() {
        ferry.run("run", "prompts.jsonl").expectExit(0);
        assertThat(ferry.batches.submission).isEqualTo(Submission.STANDARD);

        ferry.run("run", "prompts.jsonl", "--cache", "--economy").expectExit(0);
        assertThat(ferry.batches.submission.cache()).isTrue();
        assertThat(ferry.batches.submission.options().economy()).isTrue();
    }

    @Test
    void aBatchThatTheCacheAnsweredHasNoRunAndIsASuccess() {
        ferry.batches.status = "";
        ferry.batches.phase = BatchRecord.Phase.COLLECTED;

        Result result = ferry.run("run", "prompts.jsonl", "--cache").expectExit(0);

        assertThat(ferry.batches.calls).containsExactly("submit", "watch", "collect");
        assertThat(result.out()).contains("succeeded  3\n");
    }

    @Test
    void namesATargetOfTheFileAndAdjustsIt() throws Exception {
        ferry.withFile("targets.yaml", TARGETS)
                .run("run", "prompts.jsonl", "-t", "cloud", "--vendor", "anthropic", "--timeout", "10m", "--fresh")
                .expectExit(0);

        assertThat(ferry.batches.target.name()).isEqualTo("cloud");
        assertThat(ferry.batches.target.vendor()).contains("anthropic");
        assertThat(ferry.batches.target.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(ferry.batches.fresh).isTrue();
    }

    @Test
    void oneOptionPointsTheEmbeddedTargetAtAServer() throws Exception {
        ferry.withFile("targets.yaml", TARGETS);

        ferry.run("run", "prompts.jsonl", "--openai-base-url", "http://127.0.0.1:8000/v1/")
                .expectExit(0);
        assertThat(ferry.batches.target)
                .isEqualTo(Target.Embedded.standard().withOpenaiBaseUrl(URI.create("http://127.0.0.1:8000/v1")));

        Result refused = ferry.run("run", "prompts.jsonl", "-t", "cloud", "--openai-base-url", "http://h/v1")
                .expectExit(2);
        assertThat(refused.err()).startsWith("error: --openai-base-url is for embedded targets;");
    }

    @Test
    void attachesToABatchThatIsOnItsWay() {
        ferry.batches.attached = true;
        Result result = ferry.run("run", "prompts.jsonl").expectExit(0);

        assertThat(result.err())
                .startsWith("the same requests are already on their way as batch 20260115-093000-k3p7qa;"
                        + " --fresh sends them anew\n");
        assertThat(ferry.batches.calls).containsExactly("submit", "resume", "collect");
    }

    @Test
    void notEveryRequestSucceededIsExitCode3() {
        ferry.batches.counts =
                Map.of(ResponseStatus.SUCCEEDED, 1L, ResponseStatus.ERRORED, 1L, ResponseStatus.EXPIRED, 1L);
        Result result = ferry.run("run", "prompts.jsonl").expectExit(3);

        assertThat(result.out())
                .contains("succeeded  1\n")
                .contains("errored    1\n")
                .contains("expired    1\n");
        assertThat(result.err()).endsWith("2 requests without success: connection_error: nobody listens there\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insufficient_quota | not answered because the vendor's quota is used up: raise it",
                "budget_exhausted | not sent because the batch's budget is used up: send these requests again with another --max-cost"
            })
    void requestsThatQuotaOrBudgetStoppedAreExitCode5(String code, String advice) {
        ferry.batches.counts = Map.of(ResponseStatus.ERRORED, 1L, ResponseStatus.EXPIRED, 2L);
        ferry.batches.errorCode = code;

        assertThat(ferry.run("run", "prompts.jsonl").expectExit(5).err()).contains("3 requests " + advice);
    }

    @Test
    void theBudgetOfTheCommandLineWinsOverTheTargets() throws Exception {
        ferry.withFile("targets.yaml", TARGETS.replace("repo:", "max_cost_usd: 7\n    repo:"));

        ferry.run("run", "prompts.jsonl", "-t", "cloud").expectExit(0);
        assertThat(ferry.batches.target.maxCostUsd()).contains(new BigDecimal("7"));

        ferry.run("submit", "prompts.jsonl", "-t", "cloud", "--max-cost", "2.50")
                .expectExit(0);
        assertThat(ferry.batches.target.maxCostUsd()).contains(new BigDecimal("2.50"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "submit"})
    void aBudgetThatEconomyModeCannotKeepIsRefusedBeforeAnythingIsDone(String command) throws Exception {
        ferry.withFile("targets.yaml", TARGETS.replace("repo:", "max_cost_usd: 7\n    repo:"));

        assertThat(ferry.run(command, "prompts.jsonl", "-t", "cloud", "--economy")
                        .expectExit(2)
                        .err())
                .startsWith("error: --economy cannot keep a budget")
                .contains("max_cost_usd of target `cloud`");
        ferry.withFile("targets.yaml", TARGETS);
        ferry.run(command, "prompts.jsonl", "-t", "cloud", "--economy", "--max-cost=2")
                .expectExit(2);
        assertThat(ferry.batches.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e3", "two"})
    void aBudgetIsAnAmountAboveZero(String amount) {
        Result refused =
                ferry.run("run", "prompts.jsonl", "--max-cost=" + amount).expectExit(2);

        assertThat(refused.err())
                .startsWith("error: --max-cost: expected an amount in US dollars above 0, such as 2.50, found `"
                        + amount + "`");
        assertThat(ferry.batches.calls).isEmpty();
    }

    @Test
    void whatIsUnknownIsNeverShownAsNothing() {
        ferry.batches.usage = TokenUsage.NONE;
        ferry.batches.accounts = new Accounts(BigDecimal.ZERO, 3, 3, Optional.empty());
        ferry.batches.declareComplete();

        assertThat(ferry.run("run", "prompts.jsonl").expectExit(0).out())
                .contains("tokens     unknown\n")
                .contains("cost       unknown for 3 responses\n");
        assertThat(ferry.run("run", "prompts.jsonl", "--json").expectExit(0).out())
                .contains("\"token_usage\":null")
                .contains("\"cost_usd\":null,\"cost_known_usd\":0,\"cost_unknown\":3");
    }

    @Test
    void whatIsKnownIsShownBesideWhatIsNot() {
        ferry.batches.usage = new TokenUsage(1200, 340, 800, 0, 200);
        ferry.batches.accounts = new Accounts(new BigDecimal("1.25"), 1, 1, Optional.empty());
        ferry.batches.declareComplete();

        assertThat(ferry.run("run", "prompts.jsonl").expectExit(0).out())
                .contains("tokens     1,200 in (800 cached), 340 out (200 reasoning); unknown for 1 response\n")
                .contains("cost       $1.25, unknown for 1 response\n");
    }

    @Test
    void aFailedRunSaysWhereItFailedAndStillReportsWhatThereIs() {
        ferry.batches.conclusion = Optional.of("failure");
        ferry.batches.failure = Optional.of(
                FakeBatches.failedStep("2026-01-15T09:30:02.1700665Z starting", "\u001b[31mno vendors.yaml\u001b[0m"));
        ferry.batches.counts = Map.of(ResponseStatus.SUCCEEDED, 2L);
        ferry.batches.missing = List.of(new CustomId("cap-no"));

        Result result = ferry.run("run", "prompts.jsonl", "-o", "answers.jsonl").expectExit(1);

        assertThat(result.err())
                .contains("""
                        the run failed (failure): https://github.com/myorg/eval-runner/actions/runs/7
                          job   Answer the batch
                          step  Answer the requests
                          the end of its log:
                          | starting
                          | no vendors.yaml
                        """)
                .contains("1 request without a response; start the run again with:"
                        + " ferry resume 20260115-093000-k3p7qa\n");
        assertThat(result.out()).contains("succeeded  2\n").contains("missing    1: cap-no\n");
        assertThat(directory.resolve("answers.jsonl"))
                .hasContent(
                        FakeBatches.lines(Map.of(ResponseStatus.SUCCEEDED, 2L)).strip());
    }

    @Test
    void aRunThatEndedBadlyAfterItsResultsWereCompleteLosesNothingByIt() {
        ferry.batches.conclusion = Optional.of("cancelled");
        ferry.run("run", "prompts.jsonl").expectExit(1);

        ferry.batches.declareComplete();
        Result result = ferry.run("run", "prompts.jsonl").expectExit(0);
        assertThat(result.err()).endsWith("run completed: cancelled\ncollected 3 responses\n");
        assertThat(result.out())
                .contains("run        completed: cancelled, ")
                .contains("time       2.5 s on the runner,");
    }

    @Test
    void withoutAnyResponseNoFileIsWritten() {
        ferry.batches.conclusion = Optional.of("startup_failure");
        ferry.batches.counts = Map.of();

        Result result = ferry.run("run", "prompts.jsonl", "-o", "answers.jsonl").expectExit(1);

        assertThat(directory.resolve("answers.jsonl")).doesNotExist();
        assertThat(result.out()).contains("responses  none\n").contains("branch     none\n");
    }

    @Test
    void responsesMissingAfterASuccessfulRunAreNeverShownAsSuccess() {
        ferry.batches.counts = Map.of(ResponseStatus.SUCCEEDED, 2L);

        ferry.run("run", "prompts.jsonl").expectExit(1);
    }

    @Test
    void aTimeOutOfWaitingLeavesTheRunAndSaysHowToComeBack() {
        ferry.batches.leaveRunning();
        Result result = ferry.run("run", "prompts.jsonl", "--timeout", "5m").expectExit(8);

        assertThat(result.err())
                .endsWith("stopped waiting after 5 min 0 s, the run is not over and is stopped with this process,"
                        + " its answers are kept; go on with:"
                        + " ferry resume 20260115-093000-k3p7qa\n");
        assertThat(ferry.batches.calls).containsExactly("submit", "watch");
    }

    @Test
    void ctrlCWhileWatchingLeavesTheRunAndSaysHowToComeBack() throws Exception {
        ferry.batches.failWatch = new InterruptedException();
        Result result = ferry.withFile("targets.yaml", TARGETS)
                .run("run", "prompts.jsonl", "-t", "cloud")
                .expectExit(130);

        assertThat(result.err())
                .endsWith("interrupted; the run goes on at https://github.com/myorg/eval-runner/actions/runs/7;"
                        + " go on with: ferry resume 20260115-093000-k3p7qa\n");
    }

    @Test
    void ctrlCEndsTheEmbeddedGitHubAndTheMessageSaysSo() {
        ferry.batches.failWatch = new InterruptedException();
        Result result = ferry.run("run", "prompts.jsonl").expectExit(130);

        assertThat(result.err())
                .endsWith("interrupted; the embedded GitHub stops with ferry, answers that were saved are kept;"
                        + " go on with: ferry resume 20260115-093000-k3p7qa\n");
    }

    @Test
    void ctrlCBeforeAnythingWasWrittenDownLosesNothing() {
        ferry.batches.failSubmit = new InterruptedException();
        Result result = ferry.run("run", "prompts.jsonl").expectExit(130);

        assertThat(result.err()).isEqualTo("interrupted; nothing was dispatched\n");
    }

    @Test
    void aFailureAfterTheBatchWasWrittenDownSaysHowToComeBack() {
        ferry.batches.failWatch = new GitHubUnreachableException("no answer from api.github.com", 0, null);
        Result result = ferry.run("run", "prompts.jsonl").expectExit(1);

        assertThat(result.err()).endsWith("""
                        error: no answer from api.github.com
                        check the network and the target's api_url
                        go on with: ferry resume 20260115-093000-k3p7qa
                        """);
    }

    @Test
    void invalidRequestsAreListedAndSummedUp() {
        ferry.batches.failSubmit = new InvalidInputException(
                List.of(
                        new Problem("prompts.jsonl", 2, "", "not valid JSON at column 7: unexpected end"),
                        new Problem("prompts.jsonl", 3, "$.body.model", "missing")),
                152);
        Result result = ferry.run("run", "prompts.jsonl").expectExit(2);

        assertThat(result.err()).isEqualTo("""
                        prompts.jsonl:2: not valid JSON at column 7: unexpected end
                        prompts.jsonl:3 $.body.model: missing
                        and 150 more
                        nothing was dispatched: 152 problems in prompts.jsonl
                        """);
        assertThat(result.out()).isEmpty();
    }
}
