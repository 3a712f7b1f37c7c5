package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.cli.CommandLineHarness.Result;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.json.JsonSupport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that take a batch a part of the way. */
class BatchCommandsTest {
    private static final String ID = FakeBatches.ID.value();
    private static final String CLOUD =
            "targets:\n  - name: cloud\n    provider: github-actions\n    repo: myorg/eval-runner\n";

    @TempDir
    Path directory;

    private CommandLineHarness ferry;

    @BeforeEach
    void prepare() throws Exception {
        ferry = new CommandLineHarness(directory)
                .withFile("prompts.jsonl", "{}\n")
                .withFile("targets.yaml", CLOUD);
    }

    @Test
    void submitPrintsTheNameOfTheBatchAndDoesNotWait() {
        Result result = ferry.run("submit", "prompts.jsonl", "-t", "cloud").expectExit(0);

        assertThat(result.out()).isEqualTo(ID + "\n");
        assertThat(result.err()).endsWith("dispatched\nwait for it with: ferry resume " + ID + "\n");
        assertThat(ferry.batches.calls).containsExactly("submit");
    }

    @Test
    void submitTellsProgramsWhereTheRunIs() throws Exception {
        Result result =
                ferry.run("submit", "prompts.jsonl", "-t", "cloud", "--json").expectExit(0);

        JsonNode json = JsonSupport.MAPPER.readTree(result.out());
        assertThat(json.at("/batch_id").asText()).isEqualTo(ID);
        assertThat(json.at("/run_url").asText()).isEqualTo(FakeBatches.RUN_URL.toString());
        assertThat(json.at("/phase").asText()).isEqualTo("dispatched");
    }

    @Test
    void submitRefusesTheEmbeddedGitHubBecauseItWouldEndWithTheCommand() {
        Result result = ferry.run("submit", "prompts.jsonl").expectExit(2);

        assertThat(result.err())
                .isEqualTo("error: target `local` lives only while ferry runs; use ferry run, or start"
                        + " ferry local-github serve and target that\n");
        assertThat(ferry.batches.calls).isEmpty();
    }

    @Test
    void cancelAsksTheRunToStopAndSaysWhereTheAnswersAre() {
        Result result = ferry.run("cancel", ID).expectExit(0);

        assertThat(result.err())
                .isEqualTo("asked the run to stop: " + FakeBatches.RUN_URL
                        + "\nfetch what was answered with: ferry collect " + ID + "\n");
        assertThat(ferry.batches.calls).containsExactly("cancel");
    }

    @Test
    void cancelSaysWhenForceWasNeeded() {
        ferry.batches.forced = true;

        assertThat(ferry.run("cancel", ID).expectExit(0).err())
                .contains("it did not stop within a minute and was ended by force\n");
        assertThat(ferry.batches.waitedForEnd).isTrue();
    }

    @Test
    void cancelNeedNotWait() {
        ferry.batches.economy = true;

        assertThat(ferry.run("cancel", ID, "--no-wait").expectExit(0).err())
                .contains("another run cancels the vendors' batches; wait for it with: ferry resume " + ID);
        assertThat(ferry.batches.waitedForEnd).isFalse();
        assertThat(ferry.batches.calls).containsExactly("cancel");
    }

    @Test
    void howLongToWaitCanBeSaid() {
        ferry.run("watch", ID, "--timeout", "90s").expectExit(0);
        assertThat(ferry.batches.waited).contains(Duration.ofSeconds(90));

        ferry.batches.status = "in_progress";
        ferry.batches.conclusion = Optional.empty();
        assertThat(ferry.run("resume", ID, "--timeout", "2m").expectExit(8).err())
                .contains("stopped waiting after 2 min 0 s, the run is not over");
        assertThat(ferry.batches.waited).contains(Duration.ofMinutes(2));
    }

    @Test
    void inAJobOfActionsAnErrorIsShownAsOne() {
        ferry.batches.failStatus = new IllegalStateException("100 % gone");

        assertThat(ferry.withEnvironment("GITHUB_ACTIONS", "true")
                        .run("status", ID)
                        .err())
                .contains("::error::")
                .contains("100 %25 gone");
    }

    @Test
    void cancelWaitsForTheRunThatCancelsVendorsBatchesAndReports() {
        ferry.batches.economy = true;

        Result result = ferry.run("cancel", ID).expectExit(0);

        assertThat(result.err()).contains("another run cancels the vendors' batches; waiting for it\n");
        assertThat(result.out()).contains("succeeded  3\n");
        assertThat(ferry.batches.calls).containsExactly("cancel", "watch", "collect");
    }

    @Test
    void cancelLeavesABatchAloneThatWasCollected() {
        ferry.batches.phase = BatchRecord.Phase.COLLECTED;

        assertThat(ferry.run("cancel", ID).expectExit(0).err())
                .isEqualTo("nothing to cancel: all responses were collected\n");
        assertThat(ferry.batches.calls).isEmpty();
    }

    @Test
    void statusIsOneLook() {
        Result result = ferry.run("status", ID).expectExit(0);

        assertThat(result.out()).isEqualTo("""
                        batch     20260115-093000-k3p7qa
                        target    local
                        run       completed: success, run 7 of the embedded GitHub
                        requests  3
                        """);
        assertThat(ferry.batches.calls).containsExactly("status");
    }

    @Test
    void statusOfAnUnfinishedRunIsExitCode8() throws Exception {
        ferry.batches.leaveRunning();
        Result result = ferry.run("status", ID, "--json").expectExit(8);

        JsonNode json = JsonSupport.MAPPER.readTree(result.out());
        assertThat(json.at("/run/status").asText()).isEqualTo("in_progress");
        assertThat(json.at("/run/conclusion").isNull()).isTrue();
        assertThat(json.at("/exit_code").asInt()).isEqualTo(8);
    }

    @Test
    void statusOfAFailedRunSaysWhereItFailed() {
        ferry.batches.conclusion = Optional.of("failure");
        ferry.batches.failure =
                Optional.of(FakeBatches.failedStep("##[group]Run it", "the script", "##[endgroup]", "the last words"));
        Result result = ferry.run("status", ID).expectExit(1);

        assertThat(result.err())
                .contains("the run failed (failure)")
                .contains("  the end of its log:\n  | the last words\n");
    }

    @Test
    void aRunThatWasStoppedHasNoFailureToExplain() {
        ferry.batches.conclusion = Optional.of("cancelled");
        ferry.batches.failure = Optional.of(FakeBatches.failedStep("the last words"));
        Result result = ferry.run("status", ID).expectExit(1);

        assertThat(result.err()).isEqualTo("the run was stopped before it was over: " + FakeBatches.RUN_URL + "\n");
    }

    @Test
    void whileAnotherProcessHoldsTheEmbeddedGitHubTheJournalStillTells() {
        ferry.batches.failStatus = new ConnectionFailedException("the embedded GitHub is already running", false);
        Result result = ferry.run("status", ID).expectExit(8);

        assertThat(result.err()).isEqualTo("the embedded GitHub is already running\n");
        assertThat(result.out()).contains("run       dispatched, run ");
    }

    @Test
    void watchWaitsAndCollectsNothing() {
        ferry.run("watch", ID).expectExit(0);

        assertThat(ferry.batches.calls).containsExactly("watch");
    }

    @Test
    void collectFetchesWhatIsThereEvenWhileTheRunIsGoing() {
        ferry.batches.leaveRunning();
        ferry.batches.counts = Map.of(ResponseStatus.SUCCEEDED, 2L);
        Result result = ferry.run("collect", ID, "-o", "answers.jsonl").expectExit(8);

        assertThat(result.err()).endsWith("1 request without a response so far; go on with: ferry resume " + ID + "\n");
        assertThat(directory.resolve("answers.jsonl"))
                .hasContent(FakeBatches.lines(ferry.batches.counts).strip());
        assertThat(ferry.batches.calls).containsExactly("status", "collect");
    }

    @Test
    void responsesThatWereCollectedBeforeNeedNoGitHub() {
        ferry.run("collect", ID).expectExit(0);
        ferry.batches.calls.clear();
        ferry.batches.failStatus = new ConnectionFailedException("unplugged", false);

        ferry.run("collect", ID).expectExit(0);
        assertThat(ferry.batches.calls).containsExactly("collect");
    }

    @Test
    void aRunThatIsGoneByNowDoesNotKeepItsResponsesAway() {
        ferry.batches.failStatus = new GitHubNotFoundException("no run 7");

        ferry.run("collect", ID).expectExit(0);
    }

    @Test
    void aBatchWithoutARunIsNotTakenForARunningOne() {
        ferry.batches.status = "";
        Result result = ferry.run("resume", ID).expectExit(8);

        assertThat(result.err())
                .isEqualTo("the batch has no run that is known of; go on with: ferry resume " + ID + "\n");
    }

    @Test
    void resumeGoesTheRestOfTheWay() {
        ferry.run("resume", ID, "-o", "answers.jsonl").expectExit(0);

        assertThat(ferry.batches.calls).containsExactly("resume", "collect");
        assertThat(directory.resolve("answers.jsonl")).exists();
    }

    @Test
    void aTokenThatIsMissingOrRefusedIsExitCode4() {
        ferry.batches.failStatus = new ConnectionFailedException("no token for github.com; set GH_TOKEN", true);
        assertThat(ferry.run("collect", ID).expectExit(4).err())
                .startsWith("error: no token for github.com; set GH_TOKEN\n");

        ferry.batches.failStatus = new GitHubAuthenticationException("looking at run 7 was refused (401)", 401);
        assertThat(ferry.run("collect", ID).expectExit(4).err())
                .startsWith("error: looking at run 7 was refused (401)\n"
                        + "the token needs actions:write and contents:write on the runner repository\n");
    }

    @Test
    void listGivesProgramsTabsAndPeopleATable() {
        assertThat(ferry.run("list").expectExit(0).out()).isEqualTo(ID + "\tlocal\t3\tdispatched\trun 7\n");
        assertThat(ferry.onTerminal().run("list").expectExit(0).out()).isEqualTo("""
                        BATCH                   TARGET  REQUESTS  PHASE       RUN
                        20260115-093000-k3p7qa  local   3         dispatched  run 7
                        """);
    }

    @Test
    void anEmptyListIsNoErrorAndPutsOutNothing() {
        ferry.batches.empty = true;

        Result result = ferry.run("list").expectExit(0);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("no batches here yet; send one with: ferry run FILE\n");
        assertThat(ferry.run("list", "--json").expectExit(0).out()).isEqualTo("[]\n");
    }

    @Test
    void validateSendsNothing() {
        Result result = ferry.run("validate", "prompts.jsonl", "-t", "cloud").expectExit(0);

        assertThat(result.out()).isEqualTo("prompts.jsonl: 3 requests, no problems\n");
        assertThat(ferry.batches.calls).containsExactly("validate");
        assertThat(ferry.batches.target.name()).isEqualTo("cloud");
    }
}
