package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.VerifyReport;
import io.github.batchferry.provider.cli.CommandLineHarness.Result;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.json.JsonSupport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    void collectTakesWhatIsThereWhileTheRunIsGoingIfToldTo() {
        ferry.batches.leaveRunning();
        ferry.batches.counts = Map.of(ResponseStatus.SUCCEEDED, 2L);
        Result result =
                ferry.run("collect", ID, "--partial", "-o", "answers.jsonl").expectExit(8);

        assertThat(result.err()).endsWith("1 request without a response so far; go on with: ferry resume " + ID + "\n");
        assertThat(directory.resolve("answers.jsonl"))
                .hasContent(FakeBatches.lines(ferry.batches.counts).strip());
        assertThat(ferry.batches.calls).containsExactly("status", "collect");
    }

    @Test
    void collectWritesNothingOfABatchThatIsNotOver() {
        ferry.batches.leaveRunning();
        ferry.batches.counts = Map.of(ResponseStatus.SUCCEEDED, 2L);

        Result result = ferry.run("collect", ID, "-o", "answers.jsonl").expectExit(8);

        assertThat(result.err())
                .contains(
                        "2 of 3 requests answered so far; take those with --partial, or wait with: ferry resume " + ID);
        assertThat(directory.resolve("answers.jsonl")).doesNotExist();
    }

    @Test
    void retryFailedGoesTheWholeWay() {
        ferry.run("retry-failed", ID, "--max-cost", "2.50", "-o", "answers.jsonl")
                .expectExit(0);

        assertThat(ferry.batches.calls).containsExactly("retryFailed 2.50", "watch", "collect");
        assertThat(directory.resolve("answers.jsonl")).exists();
    }

    @Test
    void retryFailedTakesUpARetryThatIsUnderWay() {
        ferry.batches.attached = true;

        Result result = ferry.run("retry-failed", ID).expectExit(0);

        assertThat(result.err())
                .contains("the failures of batch " + ID + " are already on their way as batch " + ID + "\n");
        assertThat(ferry.batches.calls).containsExactly("retryFailed -", "resume", "collect");
    }

    @Test
    void verifyPrintsALineForEachCheckAndFailsWithOne() throws Exception {
        assertThat(ferry.run("verify", ID).expectExit(0).out()).isEqualTo("ok    requests: sha-256 abc\n");
        ferry.batches.checks = List.of(
                new VerifyReport.Check("requests", true, "sha-256 abc"),
                new VerifyReport.Check("responses", false, "`responses.jsonl` is missing"));

        assertThat(ferry.run("verify", ID, "--remote").expectExit(1).out())
                .isEqualTo("ok    requests: sha-256 abc\nFAIL  responses: `responses.jsonl` is missing\n");
        JsonNode json = JsonSupport.MAPPER.readTree(
                ferry.run("verify", ID, "--json").expectExit(1).out());
        assertThat(json.at("/ok").asBoolean()).isFalse();
        assertThat(json.at("/checks/1/what").asText()).isEqualTo("responses");
        assertThat(ferry.batches.calls).containsExactly("verify false", "verify true", "verify false");
    }

    @Test
    void pruneShowsWhatItWouldRemoveAndAsks() {
        Result asked = ferry.onTerminal()
                .withInput("y\n")
                .run("prune", "--older-than", "7d")
                .expectExit(0);

        assertThat(asked.out()).isEqualTo("20260115-093000-k3p7qa  local  3  dispatched\n");
        assertThat(asked.err()).isEqualTo("remove this batch? [y/N] removed 1 of 1\n");
        assertThat(ferry.batches.calls)
                .containsExactly("prunePlan 2026-01-08T09:31:00Z false", "prune " + ID + " false");
    }

    @Test
    void pruneRemovesNothingWithoutAYes() {
        assertThat(ferry.run("prune").expectExit(2).err())
                .isEqualTo("error: nobody is there to be asked; add --yes to remove them, or --dry-run to look\n");
        assertThat(ferry.onTerminal().withInput("\n").run("prune").expectExit(2).err())
                .endsWith("nothing was removed\n");
        assertThat(ferry.run("prune", "--dry-run").expectExit(0).err()).isEqualTo("1 would be removed\n");
        assertThat(ferry.batches.calls).noneMatch(call -> call.startsWith("prune "));
        assertThat(ferry.run("prune", "--older-than", "soon").expectExit(2).err())
                .isEqualTo("error: --older-than: expected a time such as 30d, 12h or 90m, found `soon`\n");
    }

    @Test
    void pruneLeavesABatchThatIsInUse() {
        ferry.batches.failPrune = new BatchInUseException(FakeBatches.ID);

        Result result = ferry.run("prune", "--yes", "--remote").expectExit(1);

        assertThat(result.err())
                .isEqualTo("batch `" + ID + "` is in use by another ferry process; it stays\nremoved 0 of 1\n");
        assertThat(ferry.batches.calls).contains("prune " + ID + " true");
    }

    @Test
    void pruneHasNothingToDoInAnEmptyJournal() {
        ferry.batches.empty = true;

        assertThat(ferry.run("prune").expectExit(0).err()).isEqualTo("nothing to remove that is older than 30d\n");
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
    void resumeCanWriteResponsesAsTheyArrive() {
        ferry.run("resume", ID, "--as-completed", "-o", "answers.jsonl").expectExit(0);

        assertThat(ferry.batches.streamed).isPresent();
        assertThat(directory.resolve("answers.jsonl")).isNotEmptyFile();
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
    void aDamagedBatchIsListedAndSaysWhatIsWrong() throws Exception {
        ferry.batches.damaged = List.of(new DamagedBatch(
                new BatchId("20260114-093000-aaaaaa"),
                directory,
                "cannot read `journal.jsonl` line 3: not valid JSON"));

        Result result = ferry.run("list").expectExit(0);

        assertThat(result.out())
                .isEqualTo(ID + "\tlocal\t3\tdispatched\trun 7\n20260114-093000-aaaaaa\t\t\tdamaged\t\n");
        assertThat(result.err()).isEqualTo("cannot read `journal.jsonl` line 3: not valid JSON\n");
        JsonNode json = JsonSupport.MAPPER.readTree(
                ferry.run("list", "--json").expectExit(0).out());
        assertThat(json.at("/1/phase").asText()).isEqualTo("damaged");
        assertThat(json.at("/1/reason").asText()).isEqualTo("cannot read `journal.jsonl` line 3: not valid JSON");
    }

    @Test
    void statusOfACollectedBatchIsSuccessWithoutALook() {
        ferry.batches.phase = BatchRecord.Phase.COLLECTED;
        ferry.batches.status = "";

        Result result = ferry.run("status", ID).expectExit(0);

        assertThat(result.out()).contains("run       collected, run 7 of the embedded GitHub\n");
    }

    @Test
    void validateSendsNothing() {
        Result result = ferry.run("validate", "prompts.jsonl", "-t", "cloud").expectExit(0);

        assertThat(result.out()).isEqualTo("prompts.jsonl: 3 requests, no problems\n");
        assertThat(ferry.batches.calls).containsExactly("validate");
        assertThat(ferry.batches.target.name()).isEqualTo("cloud");
    }
}
