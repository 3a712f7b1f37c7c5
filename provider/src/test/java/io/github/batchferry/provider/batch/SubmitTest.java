package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.provider.batch.BatchRecord.Phase;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Savings;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Waiting;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void smallRequestsTravelInsideTheDispatch() throws Exception {
        Submitted submitted = world.client().submit(World.requests(3), World.TARGET, false);

        BatchId id = submitted.batch();
        assertThat(submitted.attached()).isFalse();
        assertThat(world.github.dispatches()).singleElement().satisfies(dispatch -> {
            assertThat(dispatch.workflow()).isEqualTo("run-evals.yml");
            assertThat(dispatch.ref()).isEqualTo("main");
            assertThat(dispatch.inputs())
                    .containsOnlyKeys("batch_id", "prompts_artifact", "manifest", "results_branch");
            assertThat(dispatch.inputs()).containsEntry("batch_id", id.value());
            assertThat(dispatch.inputs()).containsEntry("results_branch", "eval-results");
            assertThat(dispatch.inputs().get("prompts_artifact")).startsWith("inline:");
            assertThat(world.runner.requests(dispatch)).hasSize(3);
        });
        assertThat(world.git.pushes()).isZero();
        assertThat(world.heard.words).containsExactly("prepared 3", "inline", "dispatched");
        BatchRecord record = world.client().record(id);
        assertThat(record.phase()).isEqualTo(Phase.DISPATCHED);
        assertThat(record.runId()).isEqualTo(OptionalLong.of(1001));
        assertThat(record.runUrl()).contains("https://github.example/myorg/eval-runner/actions/runs/1001");
        assertThat(record.manifest().client()).isEqualTo("ferry/test");
        assertThat(record.target()).isEqualTo(World.TARGET);
        assertThat(record.responses()).isEmpty();
    }

    @Test
    void largeRequestsTravelOnTheRequestsBranch() throws Exception {
        Submitted submitted = world.client().submit(World.largeRequests(30, 600_000), World.TARGET, false);

        BranchName branch = new BranchName(BatchFiles.requestsBranch(submitted.batch()));
        assertThat(world.git.paths(branch))
                .containsExactly("batch.json", "requests-0000.jsonl", "requests-0001.jsonl", "requests-0002.jsonl");
        assertThat(world.git.paths(branch))
                .allSatisfy(path -> assertThat(world.git.read(branch, path).orElseThrow())
                        .hasSizeLessThanOrEqualTo((int) BatchFiles.MAX_REQUESTS_PART_BYTES));
        assertThat(world.git.read(branch, "batch.json").orElseThrow())
                .isEqualTo(world.client()
                        .record(submitted.batch())
                        .manifest()
                        .toJson()
                        .toByteArray());
        assertThat(world.github.dispatches()).singleElement().satisfies(dispatch -> {
            assertThat(dispatch.inputs().get("prompts_artifact"))
                    .isEqualTo("branch:" + branch + "@" + world.git.head(branch).orElseThrow());
            assertThat(world.runner.requests(dispatch)).hasSize(30);
        });
        assertThat(world.heard.words).containsExactly("prepared 30", "branch", "dispatched");
    }

    @Test
    void economyModeIsRefusedAtOnceForVendorsWithoutABatchApi() {
        Submission economy = new Submission(false, false, BatchOptions.STANDARD.withEconomy(true));

        InvalidInputException e = catchThrowableOfType(
                InvalidInputException.class, () -> world.client().submit(World.requests(2), World.TARGET, economy));

        assertThat(e.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        ".ferry/vendors.yaml of target cloud $.vendors[echo]: kind `echo` has no batch API that"
                                + " economy mode knows; those that have are anthropic and openai: send the batch without"
                                + " --economy");
        assertThat(folder).isEmptyDirectory();
        assertThat(world.github.dispatches()).isEmpty();
    }

    @Test
    void everyMistakeIsToldAtOnceAndNothingIsLeftBehind() {
        String file = World.line("a")
                + "{\"custom_id\":\n"
                + "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\"}\n"
                + "[1]\n"
                + World.line("a")
                + "{\"id\":\"c\",\"prompt\":\"hi\",\"model\":\"ecko/echo-1\"}\n";

        InvalidInputException e = catchThrowableOfType(
                InvalidInputException.class, () -> world.client().submit(World.source(file), World.TARGET, false));

        assertThat(e.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "in.jsonl:2: not valid JSON at column 14: unexpected end-of-input within/between Object"
                                + " entries",
                        "in.jsonl:3 $.body: missing",
                        "in.jsonl:4 $: expected a JSON object, found an array",
                        "in.jsonl:5 $.custom_id: `a` was already used at in.jsonl:1",
                        "in.jsonl:6 $.model: unknown vendor `ecko`; did you mean `echo`?; the runner has: echo");
        assertThat(folder).isEmptyDirectory();
        assertThat(world.github.dispatches()).isEmpty();
        assertThat(world.git.pushes()).isZero();
    }

    @Test
    void validatingWritesNothing() throws Exception {
        assertThat(world.client().validate(World.requests(5), World.TARGET)).isEqualTo(5);

        assertThat(folder).isEmptyDirectory();
        assertThat(world.github.dispatches()).isEmpty();
    }

    @Test
    void aRunnerWithoutVendorsFileLeavesRoutesToTheRunner() throws Exception {
        World strange = new World(folder);
        strange.github.putFile(BatchFiles.VENDORS, "vendors: [{name: x, kind: echo, models: [y]}]".getBytes());

        assertThatThrownBy(() -> strange.client().validate(World.requests(1), World.TARGET))
                .hasMessageContaining("no vendor of the runner allows model `echo-1`");
        strange.github.putFile(BatchFiles.VENDORS, "vendors: [{name: x, kind: ecko, models: [\"*\"]}]".getBytes());
        assertThatThrownBy(() -> strange.client().validate(World.requests(1), World.TARGET))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("$.vendors[x].kind: unknown kind `ecko`; did you mean `echo`?");
        strange.github.putFile(BatchFiles.VENDORS, "vendors: none".getBytes());
        assertThatThrownBy(() -> strange.client().validate(World.requests(1), World.TARGET))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(".ferry/vendors.yaml of target cloud");
        assertThatThrownBy(() -> strange.client().validate(World.source("[]"), World.TARGET))
                .hasMessageStartingWith("in.jsonl:1 $: expected a JSON object");
    }

    @Test
    void anUnfinishedBatchWithTheSameRequestsIsAttachedTo() throws Exception {
        Submitted first = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.client().submit(World.requests(3), World.TARGET, false))
                .isEqualTo(new Submitted(first.batch(), true));
        assertThat(world.client().submit(World.requests(4), World.TARGET, false).attached())
                .isFalse();
        assertThat(world.client()
                        .submit(World.requests(3), World.EMBEDDED, false)
                        .attached())
                .isFalse();
        assertThat(world.github.dispatches()).hasSize(3);
    }

    @Test
    void waitingLongerForTheSameBatchIsNoNewBatch() throws Exception {
        Submitted first = world.client().submit(World.requests(3), World.TARGET, false);
        var patient = World.TARGET.withTimeout(Duration.ofHours(5));

        Submitted second = world.client().submit(World.requests(3), patient, false);

        assertThat(second).isEqualTo(new Submitted(first.batch(), true));
        assertThat(world.client().record(first.batch()).target()).isEqualTo(patient);
        assertThat(world.client().record(first.batch()).phase()).isEqualTo(Phase.DISPATCHED);
        assertThat(world.client()
                        .submit(World.requests(3), World.TARGET.withVendor("echo"), false)
                        .attached())
                .isFalse();
    }

    @Test
    void aFreshBatchIsDispatchedAnew() throws Exception {
        Submitted first = world.client().submit(World.requests(3), World.TARGET, false);
        world.time.await(Duration.ofSeconds(1));

        Submitted second = world.client().submit(World.requests(3), World.TARGET, true);

        assertThat(second.attached()).isFalse();
        assertThat(world.client().list())
                .extracting(record -> record.manifest().batchId())
                .containsExactly(second.batch(), first.batch());
        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void aCollectedBatchIsRunAgain() throws Exception {
        Submitted first = world.client().submit(World.requests(3), World.TARGET, false);
        world.client().collect(first.batch());
        world.time.await(Duration.ofSeconds(1));

        assertThat(world.client().submit(World.requests(3), World.TARGET, false).attached())
                .isFalse();
        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void afterAFreshBatchIsDoneAnOlderUnfinishedOneIsNotAttachedTo() throws Exception {
        world.github.onDispatch(dispatch -> {});
        Submitted left = world.client().submit(World.requests(3), World.TARGET, false);
        world.time.await(Duration.ofSeconds(1));
        world.github.onDispatch(world::succeed);
        world.client()
                .collect(world.client()
                        .submit(World.requests(3), World.TARGET, true)
                        .batch());
        world.time.await(Duration.ofSeconds(1));

        Submitted next = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(next.attached()).isFalse();
        assertThat(next.batch()).isNotEqualTo(left.batch());
    }

    @Test
    void aDamagedJournalIsWarnedOfAndTheRequestsAreSent() throws Exception {
        Submitted first = world.client().submit(World.requests(3), World.TARGET, false);
        Path log = world.client().record(first.batch()).directory().resolve("journal.jsonl");
        Files.writeString(log, "broken\n");
        world.time.await(Duration.ofSeconds(1));

        Submitted second = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(second.attached()).isFalse();
        assertThat(world.heard.words).contains("damaged " + first.batch());
        assertThat(world.client().list())
                .extracting(record -> record.manifest().batchId())
                .containsExactly(second.batch());
        assertThat(world.client().listing().damaged())
                .extracting(batch -> batch.id())
                .containsExactly(first.batch());
    }

    @Test
    void aLostAnswerIsFollowedByASearchAndNotByASecondDispatch() throws Exception {
        world.github.addRun("run-evals.yml", "llm-batch 20260115-093000-aaaaaa");
        world.github.loseNextDispatchAnswer();
        world.github.hideNewestRun(4);

        Submitted submitted = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.client().record(submitted.batch()).runId()).isEqualTo(OptionalLong.of(1002));
        assertThat(world.time.pauses()).startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void anAnswerWithoutARunNumberIsFollowedByASearch() throws Exception {
        world.github.answerUnnamed(true);
        world.github.hideNewestRun(3);

        Submitted submitted = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.client().record(submitted.batch()).runId()).isEqualTo(OptionalLong.of(1001));
        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.heard.words).containsOnlyOnce("dispatched");
    }

    @Test
    void aTakenDispatchWhoseRunDoesNotShowIsNotSentAgain() throws Exception {
        world.github.answerUnnamed(true);
        world.github.hideNewestRun(1000);

        Submitted submitted = world.client().submit(World.requests(3), World.TARGET, false);

        BatchRecord record = world.client().record(submitted.batch());
        assertThat(record.phase()).isEqualTo(Phase.DISPATCHED);
        assertThat(record.runId()).isEmpty();
        assertThat(world.time.elapsed()).isBetween(Duration.ofMinutes(3), Duration.ofSeconds(190));
        assertThat(world.client().status(submitted.batch()).run()).isEmpty();
        world.github.hideNewestRun(0);
        assertThat(world.client().resume(submitted.batch()).over()).isTrue();
        assertThat(world.client().record(submitted.batch()).runId()).isEqualTo(OptionalLong.of(1001));
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aDispatchThatCertainlyDidNotArriveIsSentOnceMore() throws Exception {
        world.github.failNextDispatch(new GitHubUnreachableException("cannot reach GitHub", 0, null));

        Submitted submitted = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.client().record(submitted.batch()).phase()).isEqualTo(Phase.DISPATCHED);
        assertThat(world.time.elapsed()).isBetween(Duration.ofMinutes(3), Duration.ofSeconds(190));
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void anUnreachableGitHubMayHaveTakenTheDispatchUntilThreeMinutesShowOtherwise() throws Exception {
        GitHubUnreachableException unreachable = new GitHubUnreachableException("cannot reach GitHub", 0, null);
        world.github.failNextDispatch(unreachable);
        world.github.failNextDispatch(unreachable);

        assertThatThrownBy(() -> world.client().submit(World.requests(3), World.TARGET, false))
                .isSameAs(unreachable);

        BatchRecord record = world.client().list().get(0);
        assertThat(record.phase()).isEqualTo(Phase.DISPATCHING);
        assertThat(world.time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(6));
        Submitted again = world.client().submit(World.requests(3), World.TARGET, false);
        assertThat(again).isEqualTo(new Submitted(record.manifest().batchId(), true));
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aDispatchIsOneCall() throws Exception {
        world.github.addRun("run-evals.yml", "llm-batch 20260115-093000-aaaaaa");

        world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.github.lists()).isZero();
        assertThat(world.github.looks()).isZero();
    }

    @Test
    void aRateLimitIsWaitedForAndTheDispatchIsSentThen() throws Exception {
        world.github.failNextDispatch(new GitHubRateLimitException("asked too often", 403, Duration.ofMinutes(5)));
        world.github.failNextDispatch(
                new GitHubRateLimitException("secondary limit", 403, Duration.ofMinutes(1), false));

        world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.time.pauses()).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(2));
        assertThat(world.heard.words).contains("delayed PT5M", "delayed PT2M");
    }

    @Test
    void aRateLimitThatLastsLongerThanTheTimeOutIsTold() throws Exception {
        GitHubRateLimitException limit = new GitHubRateLimitException("asked too often", 403, Duration.ofMinutes(31));
        world.github.failNextDispatch(limit);

        assertThatThrownBy(() -> world.client().submit(World.requests(3), World.TARGET, false))
                .isSameAs(limit);
        assertThat(world.time.elapsed()).isZero();
        assertThat(world.client().list().get(0).phase()).isEqualTo(Phase.DELIVERED);
    }

    @Test
    void inputsThatAreTooLargeForTheServerTravelOnABranch() throws Exception {
        world.github.failNextDispatch(new GitHubException("cannot dispatch: 422: inputs are too large.", 422));

        Submitted submitted = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.github.dispatches())
                .singleElement()
                .satisfies(dispatch -> assertThat(dispatch.inputs().get("prompts_artifact"))
                        .startsWith("branch:" + BatchFiles.requestsBranch(submitted.batch())));
    }

    @Test
    void aDispatchIsNotRepeatedWhileTheRunsCannotBeListed() throws Exception {
        GitHubUnreachableException unreachable = new GitHubUnreachableException("cannot reach GitHub", 0, null);
        world.github.loseNextDispatchAnswer();
        world.github.onDispatch(dispatch -> {
            world.github.failNextLists(100, unreachable);
            world.succeed(dispatch);
        });

        assertThatThrownBy(() -> world.client().submit(World.requests(3), World.TARGET, false))
                .isInstanceOf(DispatchUnsureException.class)
                .hasMessage("cannot tell whether the dispatch arrived: cannot reach GitHub");
        BatchId id = world.client().list().get(0).manifest().batchId();
        assertThatThrownBy(() -> world.client().resume(id)).hasCause(unreachable);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void theRunIsFoundBehindHundredsOfNewerOnes() throws Exception {
        world.github.loseNextDispatchAnswer();
        world.github.onDispatch(dispatch -> addRuns(250));

        Submitted submitted = world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.client().record(submitted.batch()).runId()).hasValue(1001);
        assertThat(world.github.lists()).isEqualTo(3);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void runsOfBeforeTheDispatchAreNotSearched() throws Exception {
        addRuns(500);
        world.time.await(Duration.ofMinutes(10));
        world.github.failNextDispatch(new GitHubUnreachableException("cannot reach GitHub", 0, null));

        world.client().submit(World.requests(3), World.TARGET, false);

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.github.lists()).as("one page each time").isLessThan(30);
    }

    @Test
    void aDispatchIsNotRepeatedWhileNewerRunsMayHideItsRun() throws Exception {
        world.github.loseNextDispatchAnswer();
        world.github.onDispatch(dispatch -> addRuns(1000));

        assertThatThrownBy(() -> world.client().submit(World.requests(3), World.TARGET, false))
                .isInstanceOf(DispatchUnsureException.class)
                .hasMessageContaining("cannot tell whether batch `20260115-093000-")
                .hasMessageContaining("1000 newer runs hide it");
        assertThat(world.github.dispatches()).hasSize(1);
    }

    private void addRuns(int count) {
        for (int i = 0; i < count; i++) {
            world.github.addRun("run-evals.yml", "llm-batch other");
        }
    }

    @Test
    void aRefusedDispatchCanBeSentAgainAtOnce() throws Exception {
        GitHubException refused = new GitHubAuthenticationException("cannot dispatch: no permission", 403);
        world.github.failNextDispatch(refused);

        assertThatThrownBy(() -> world.client().submit(World.requests(3), World.TARGET, false))
                .hasCause(refused);

        assertThat(world.client().list())
                .singleElement()
                .satisfies(record -> assertThat(record.phase()).isEqualTo(Phase.DELIVERED));
        assertThat(world.time.elapsed()).isZero();
        assertThat(world.client().submit(World.requests(3), World.TARGET, false).attached())
                .isTrue();
        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.time.elapsed()).isZero();
    }

    @Test
    void aPushWhoseAnswerWasLostIsRecognised() throws Exception {
        Submitted submitted = world.client().submit(World.largeRequests(2, 100_000), World.TARGET, false);
        Path log = world.client().record(submitted.batch()).directory().resolve("journal.jsonl");
        List<String> events = Files.readAllLines(log);
        Files.writeString(log, events.get(0) + "\n");

        world.client().resume(submitted.batch());

        assertThat(world.git.pushes()).isEqualTo(1);
    }

    @Test
    void aStrangersRequestsBranchIsNotTakenForOurs() throws Exception {
        Submitted submitted = world.client().submit(World.largeRequests(2, 100_000), World.TARGET, false);
        BatchRecord record = world.client().record(submitted.batch());
        Path log = record.directory().resolve("journal.jsonl");
        Files.writeString(log, Files.readAllLines(log).get(0) + "\n");
        BranchName branch = new BranchName(BatchFiles.requestsBranch(submitted.batch()));
        world.git.put(branch, Map.of("batch.json", "{}".getBytes()));

        assertThatThrownBy(() -> world.client().resume(submitted.batch()))
                .hasMessage("branch `" + branch + "` holds something else than this batch's requests; delete it");
    }

    @Test
    void theTargetsBranchAndPrefixAreUsed() throws Exception {
        var target = new io.github.batchferry.provider.targets.Target.GitHubActions(
                "cloud",
                World.TARGET.server(),
                World.TARGET.repository(),
                "run-evals.yml",
                Optional.of("release"),
                "mine",
                Optional.empty(),
                Duration.ofMinutes(1),
                Optional.empty(),
                Optional.of("echo"),
                Spread.STANDARD,
                Optional.of(new BigDecimal("2.5")),
                Savings.NONE,
                Handover.STANDARD,
                Optional.empty(),
                Waiting.STANDARD);

        Submitted submitted = world.client().submit(World.requests(1), target, false);

        assertThat(world.github.dispatches().get(0).ref()).isEqualTo("release");
        assertThat(FakeRunner.manifest(world.github.dispatches().get(0)).vendor())
                .contains("echo");
        assertThat(FakeRunner.manifest(world.github.dispatches().get(0))
                        .options()
                        .maxCostUsd())
                .contains(new BigDecimal("2.5"));
        assertThat(world.client().collect(submitted.batch()).branch()).isEqualTo("mine/" + submitted.batch());
    }

    @Test
    void anUnknownBatchIsNamed() {
        assertThatThrownBy(() -> world.client().record(new BatchId("20260115-093000-aaaaaa")))
                .isInstanceOf(NoSuchBatchException.class)
                .hasMessage("no batch `20260115-093000-aaaaaa` in " + world.state.resolve("batches"));
    }

    @Test
    void theSameRequestsSubmittedTwiceAtOnceAreDispatchedOnce() throws Exception {
        CompletableFuture<?>[] second = new CompletableFuture<?>[1];
        JournaledBatches[] client = new JournaledBatches[1];
        Random random = new Random(7) {
            private static final long serialVersionUID = 1L;

            @Override
            public int nextInt(int bound) {
                if (second[0] == null) {
                    // the first client has found no batch and is about to write one down
                    second[0] = CompletableFuture.completedFuture(null);
                    second[0] = CompletableFuture.runAsync(() -> submitQuietly(client[0]));
                    assertThatThrownBy(() -> second[0].get(500, TimeUnit.MILLISECONDS))
                            .isInstanceOf(TimeoutException.class);
                }
                return super.nextInt(bound);
            }
        };
        client[0] = new JournaledBatches(
                world.state,
                world.connector(connection -> connection),
                world.time,
                random,
                world.time,
                new BatchListener() {},
                "ferry/test");

        submitQuietly(client[0]);
        second[0].get(20, TimeUnit.SECONDS);

        assertThat(world.client().list()).hasSize(1);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    private static void submitQuietly(Batches batches) {
        try {
            batches.submit(World.requests(3), World.TARGET, false);
        } catch (BatchInUseException e) {
            // the other one is just dispatching the batch of both
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
