package io.github.batchferry.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.git.GitException;
import io.github.batchferry.runner.economy.EconomyTimes;
import io.github.batchferry.runner.economy.FakeBatchVendor;
import io.github.batchferry.runner.economy.FakeBatchVendor.Fate;
import io.github.batchferry.runner.economy.MessagesAdapter;
import io.github.batchferry.runner.transport.Adapters;
import io.github.batchferry.runner.vendor.echo.EchoAdapter;
import io.github.batchferry.runner.vendor.openai.OpenAiAdapter;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs in economy mode against vendors' batch APIs on loopback. */
@Timeout(60)
class EconomyBatchTest {
    private static final BatchOptions ECONOMY = BatchOptions.STANDARD.withEconomy(true);
    private static final EconomyTimes QUICK = new EconomyTimes(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(10),
            Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private FakeBatchVendor vendor;
    private TestJob job;

    @BeforeEach
    void aVendor() throws IOException {
        vendor = new FakeBatchVendor();
        job = new TestJob(folder)
                .variable("KEY", "sk-1234")
                .adapters(new Adapters(List.of(new OpenAiAdapter(), new EchoAdapter(), new MessagesAdapter())));
        job.timing(job.timing().withEconomy(QUICK));
    }

    @AfterEach
    void close() {
        vendor.close();
    }

    private void ask(String kind, int count) throws IOException {
        ask(kind, count, ECONOMY);
    }

    private void ask(String kind, int count, BatchOptions options) throws IOException {
        String url = kind.equals("anthropic") ? "/v1/messages" : "/v1/chat/completions";
        job.vendors("vendors:\n  - name: cloud\n    kind: " + kind + "\n    base_url: " + vendor.base()
                + "\n    key_env: KEY\n    models: [\"*\"]\n");
        job.requests(
                IntStream.range(0, count)
                        .mapToObj(i -> TestJob.echo("q" + i, "hi").replace("/v1/chat/completions", url))
                        .toList(),
                options);
    }

    /** Runs until a text is printed, and stops as SIGTERM does. */
    private void runUntil(String printed) throws IOException {
        BatchRun run = job.newRun();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(run::run);
        await().atMost(Duration.ofSeconds(30)).until(() -> job.printed().contains(printed));
        run.stop();
        assertThat(exit.join()).as(job.printed()).isEqualTo(ExitCode.STOPPED);
    }

    private List<String> outcomes() {
        return job.responses().stream()
                .map(r -> r.customId() + " " + r.status()
                        + r.error().map(e -> " " + e.code()).orElse(""))
                .sorted()
                .toList();
    }

    private JsonNode ledger() throws IOException {
        return JsonSupport.MAPPER.readTree(
                job.remote().read(TestJob.RESULTS, BatchFiles.ECONOMY).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void everyRequestIsAnsweredThroughOneBatchOfTheVendor(String kind) throws IOException {
        ask(kind, 3);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches())
                .singleElement()
                .satisfies(batch -> assertThat(batch.requests).hasSize(3));
        assertThat(outcomes()).containsExactly("q0 succeeded", "q1 succeeded", "q2 succeeded");
        ResponseLine first = job.responses().stream()
                .filter(r -> r.customId().value().equals("q0"))
                .findFirst()
                .orElseThrow();
        assertThat(first.text().orElseThrow()).startsWith("re ");
        assertThat(first.usage()).contains(new TokenUsage(5, 2, 0, 0, 0));
        assertThat(first.attempts()).isEqualTo(1);
        assertThat(first.answer().orElseThrow().statusCode()).isEqualTo(200);
        assertThat(first.answer().orElseThrow().body().toString()).startsWith("{\"n\": 1e2,");
        assertThat(job.summary()).isPresent();
        assertThat(job.remote().paths(TestJob.RESULTS))
                .containsExactly("economy.json", "progress.json", "responses-000-0000.jsonl", "summary.json");
    }

    @Test
    void whatOpenAiGetsIsTheLineWithoutOurKey() throws IOException {
        ask("openai", 1);
        String line = TestJob.echo("q", "x").replace("\"url\"", "\"vendor\":\"cloud\",\"url\"");
        job.requests(List.of(line), ECONOMY);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches().get(0).requests.get(0).toString()).isEqualTo(TestJob.echo("q", "x"));
        assertThat(job.responses().get(0).answer().orElseThrow().requestId()).contains("req_0");
    }

    @Test
    void whatAnthropicGetsIsTheBodyUnderAShortId() throws IOException {
        ask("anthropic", 1);
        job.run();

        JsonNode request = vendor.batches().get(0).requests.get(0);
        assertThat(request.path("custom_id").asText()).matches("r0-[0-9a-f]{16}");
        assertThat(request.path("params").path("model").asText()).isEqualTo("echo-1");
        assertThat(job.responses().get(0).customId().value()).isEqualTo("q0");
    }

    @Test
    void openAiGetsOneBatchForEachModelAndUrl() throws IOException {
        ask("openai", 1);
        job.requests(
                List.of(
                        TestJob.echo("a", "x"),
                        TestJob.echo("b", "x").replace("echo-1", "echo-2"),
                        TestJob.echo("c", "x").replace("chat/completions", "responses"),
                        TestJob.echo("d", "x")),
                ECONOMY);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches()).extracting(batch -> batch.requests.size()).containsExactlyInAnyOrder(2, 1, 1);
        assertThat(job.responses()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void whatAnExpiredBatchAnsweredIsKept(String kind) throws IOException {
        vendor.fates(Fate.EXPIRED);
        ask(kind, 4);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(outcomes())
                .containsExactly(
                        "q0 succeeded", "q1 succeeded", "q2 expired batch_expired", "q3 expired batch_expired");
    }

    @Test
    void aBatchThatWasRefusedAsAWholeIsToldInTheVendorsWords() throws IOException {
        vendor.fates(Fate.INVALID);
        ask("openai", 2);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(outcomes()).containsExactly("q0 errored invalid_json_line", "q1 errored invalid_json_line");
        assertThat(job.responses().get(0).error().orElseThrow().message())
                .isEqualTo("the vendor refused the whole batch: line 1: This line is not parseable as valid JSON.");
    }

    @Test
    void aRequestThatAnthropicRefusesIsErroredWithItsWordsAndItsBody() throws IOException {
        vendor.fates(Fate.INVALID);
        ask("anthropic", 1);

        job.run();

        assertThat(outcomes()).containsExactly("q0 errored http_error");
        ResponseLine response = job.responses().get(0);
        assertThat(response.error().orElseThrow().message()).contains("max_tokens: Field required");
        assertThat(response.answer().orElseThrow().statusCode()).isEqualTo(400);
    }

    @Test
    void aFullQueueIsWaitedForAndWhatIsTooLargeForItIsHalved() throws IOException {
        vendor.fates(Fate.OVER_LIMIT);
        ask("openai", 4);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses()).hasSize(4).allMatch(r -> r.status() == ResponseStatus.SUCCEEDED);
        assertThat(vendor.batches()).extracting(batch -> batch.requests.size()).containsExactly(4, 2, 2);
    }

    @Test
    void beingAskedTooOftenIsNoFailure() throws IOException {
        vendor.refuseCreations(2);
        ask("openai", 2);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(job.responses()).allMatch(r -> r.status() == ResponseStatus.SUCCEEDED);
        assertThat(vendor.batches()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void aSubmissionWhoseAnswerWasLostIsFoundAndNotRepeated(String kind) throws IOException {
        vendor.foreign(3, Fate.COMPLETED);
        vendor.foreign(2, Fate.ENDLESS);
        vendor.loseAnswers(1);
        ask(kind, 3);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches()).as("those of others and one of ours").hasSize(3);
        assertThat(job.responses()).hasSize(3).allMatch(r -> r.status() == ResponseStatus.SUCCEEDED);
        assertThat(job.printed()).contains("the submission was not answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anIntentOfAKilledRunThatNeverReachedTheVendorIsSubmittedOnceItIsCertain(String kind) throws IOException {
        ask(kind, 2);
        leaveIntent(Instant.now());

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches()).hasSize(1);
        assertThat(job.responses()).hasSize(2).allMatch(r -> r.attempts() == 2);
        assertThat(job.printed()).contains("the vendor does not have it; submitting it");
    }

    @Test
    void whereTheVendorCannotBeSearchedNothingIsSubmittedTwiceAndTheRunPauses() throws IOException {
        vendor.listing(false);
        ask("openai", 2);
        leaveIntent(Instant.now().minus(Duration.ofHours(1)));

        runUntil("not submitted again before it is certain that it was not: the vendor answered 404");

        assertThat(vendor.batches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void whatARunSubmittedWithoutHearingOfItIsFoundByTheNext(String kind) throws IOException {
        vendor.foreign(2, Fate.COMPLETED);
        vendor.loseAnswers(1);
        vendor.listing(false);
        ask(kind, 2);
        runUntil("not submitted again before it is certain");
        assertThat(ledger().at("/parts/0/vendor_batch").isNull()).isTrue();
        vendor.listing(true);
        vendor.foreign(2, Fate.COMPLETED);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches()).as("two of others and one of ours").hasSize(3);
        assertThat(job.responses()).hasSize(2).allMatch(r -> r.status() == ResponseStatus.SUCCEEDED);
    }

    private static EconomyTimes times(Duration certain, Duration fullQueue) {
        return new EconomyTimes(QUICK.firstLook(), QUICK.longestLook(), certain, fullQueue, QUICK.longest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anOldIntentIsNoReasonToSubmitAgainWhatTheVendorShowsALittleLate(String kind) throws IOException {
        job.timing(job.timing().withEconomy(times(Duration.ofHours(1), QUICK.fullQueue())));
        vendor.loseAnswers(1);
        vendor.listing(false);
        ask(kind, 2);
        runUntil("not submitted again before it is certain");
        String ledger = ledger().toString();
        String old = ledger.replaceAll("\"intended_at\":\"[^\"]*\"", "\"intended_at\":\"" + anHourAgo() + "\"");
        job.remote().put(TestJob.RESULTS, Map.of(BatchFiles.ECONOMY, old.getBytes(StandardCharsets.UTF_8)));
        vendor.listing(true);
        vendor.lateLists(1);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches()).hasSize(1);
        assertThat(outcomes()).containsExactly("q0 succeeded", "q1 succeeded");
    }

    private static Instant anHourAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void aListThatWasNotReadToItsEndIsNoReasonToSubmitAgain(String kind) throws IOException {
        vendor.endlessLists();
        ask(kind, 2);
        leaveIntent(anHourAgo());

        runUntil("the vendor has more batches since then than the 2000 that were looked through");

        assertThat(vendor.batches()).isEmpty();
    }

    @Test
    void halvesOfAPartTakeNoNumberOfOneThatStillWaits() throws IOException {
        job.timing(job.timing().withEconomy(times(QUICK.certain(), Duration.ofSeconds(1))));
        Fate[] full = new Fate[16];
        Arrays.fill(full, Fate.OVER_LIMIT);
        vendor.fates(full);
        ask("openai", 1);
        job.requests(
                IntStream.range(0, 36)
                        .mapToObj(i -> TestJob.echo("q" + i, "hi").replace("echo-1", "echo-" + i % 18))
                        .toList(),
                ECONOMY);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches()).as("one was halved").anyMatch(batch -> batch.requests.size() == 1);
        assertThat(job.responses()).hasSize(36);
        assertThat(ledger().path("parts")).as("18, and the second half of one").hasSize(19);
    }

    @Test
    void aBatchThatTheVendorDoesNotKnowFailsTheRunAndIsLeftToThoseWithTheRightKey() throws IOException {
        vendor.fates(Fate.ENDLESS);
        ask("openai", 2);
        runUntil("submitted as `batch_0`");
        vendor.forgetful(true);

        assertThat(job.run()).isEqualTo(ExitCode.FAILED);

        assertThat(job.printed()).contains("vendor `cloud` does not know `batch_0` of part 0", "with this key");
        assertThat(job.responses()).isEmpty();
        vendor.forgetful(false);
        ask("openai", 2, ECONOMY.cancelled());
        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(outcomes()).containsExactly("q0 succeeded", "q1 cancelled batch_cancelled");
    }

    @Test
    void aBatchThatTheVendorForgotInTimeIsOver() throws IOException {
        vendor.forgetful(true);
        ask("openai", 2);
        leaveLedger(Instant.now().minus(Duration.ofDays(31)), "\"batch_9\"");

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(outcomes()).containsExactly("q0 errored http_error", "q1 errored http_error");
    }

    @Test
    void aKeyThatTheVendorQuotesInPartIsHiddenInTheLog() throws IOException {
        job.variable("KEY", "sk-proj-0123456789abcdefghijklmnop");
        ask("openai", 1);

        job.run();

        assertThat(job.printed()).contains("refused: the vendor answered 401: wrong key ***");
        assertThat(job.printed()).doesNotContain("sk-proj-");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void moreThanOneShardIsRefusedBeforeAnyCall(boolean cancel) throws IOException {
        BatchOptions options = new BatchOptions(Optional.empty(), true, 2, BatchOptions.Continuation.CLIENT);
        ask("openai", 2, cancel ? options.cancelled() : options);
        job.variable("FERRY_SHARD", "0");

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(job.printed()).contains("a batch of 2 shards cannot be");
        assertThat(vendor.calls()).isEmpty();
    }

    /** A ledger as a run leaves it that was killed right before it submitted its only part. */
    private void leaveIntent(Instant at) throws IOException {
        leaveLedger(at, "null");
    }

    private void leaveLedger(Instant at, String vendorBatch) throws IOException {
        String sha = manifestSha();
        String json = "{\"schema_version\":1,\"requests_sha256\":\"" + sha
                + "\",\"parts\":[{\"part\":0,\"attempt\":1,\"vendor\":\"cloud\",\"url\":\"/v1/x\",\"requests\":\"0-1\","
                + "\"intended_at\":\"" + at + "\",\"vendor_batch\":" + vendorBatch + "}]}";
        job.remote().put(TestJob.RESULTS, Map.of(BatchFiles.ECONOMY, json.getBytes(StandardCharsets.UTF_8)));
    }

    private String manifestSha() throws IOException {
        return JsonSupport.MAPPER
                .readTree(job.input(BatchFiles.INPUT_MANIFEST))
                .path("requests_sha256")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void aStoppedRunIsFollowedByOneThatSubmitsNothingTwice(String kind) throws IOException {
        vendor.fates(Fate.ENDLESS);
        ask(kind, 2);

        runUntil("submitted as `batch_0`");

        assertThat(ledger().at("/parts/0/vendor_batch").asText()).isEqualTo("batch_0");
        assertThat(job.summary()).isEmpty();
        ask(kind, 2, ECONOMY.cancelled());
        vendor.refuseCancels(1);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.batches()).hasSize(1);
        assertThat(vendor.calls().stream().filter(call -> call.endsWith("batch_0/cancel")))
                .as("the first one came too soon after other calls")
                .hasSize(2);
        assertThat(outcomes()).containsExactly("q0 succeeded", "q1 cancelled batch_cancelled");
        assertThat(job.summary()).isPresent();
    }

    @Test
    void aRunThatHasWaitedLongEnoughLeavesTheRestToTheNext() throws IOException {
        vendor.fates(Fate.ENDLESS);
        job.timing(job.timing().withEconomy(QUICK.withLongest(Duration.ofMillis(300))));
        ask("openai", 2);

        assertThat(job.run()).isEqualTo(ExitCode.OK);

        assertThat(job.printed()).contains("stopping economy mode: ");
        assertThat(job.summary()).isEmpty();
    }

    @Test
    void aStopWhileASubmissionIsUnderWayKeepsItsId() throws IOException {
        Timing usual = job.timing();
        job.timing(new Timing(
                usual.checkpoint(),
                usual.progress(),
                usual.patience(),
                usual.pauseGrace(),
                Duration.ofSeconds(30),
                usual.stopPush(),
                usual.finalPushes(),
                QUICK));
        ask("openai", 2);
        BatchRun run = job.newRun();
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        vendor.beforeCreation(() -> {
            vendor.beforeCreation(() -> {});
            CompletableFuture.runAsync(run::stop);
            await().until(() -> job.printed().contains("stopping"));
        });
        exit.completeAsync(run::run);

        assertThat(exit.join()).as(job.printed()).isEqualTo(ExitCode.STOPPED);
        assertThat(ledger().at("/parts/0/vendor_batch").asText()).isEqualTo("batch_0");

        assertThat(job.run()).isEqualTo(ExitCode.OK);
        assertThat(vendor.batches()).hasSize(1);
        assertThat(job.responses()).hasSize(2);
    }

    @Test
    void cancellingWhatWasNeverSubmittedAsksNobody() throws IOException {
        ask("openai", 2, ECONOMY.cancelled());

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);

        assertThat(vendor.calls()).isEmpty();
        assertThat(outcomes()).containsExactly("q0 cancelled batch_cancelled", "q1 cancelled batch_cancelled");
    }

    @Test
    void failedLooksAreRepeated() throws IOException {
        vendor.failLooks(3);
        ask("openai", 1);

        assertThat(job.run()).isEqualTo(ExitCode.OK);
        assertThat(outcomes()).containsExactly("q0 succeeded");
    }

    @Test
    void nothingIsSubmittedBeforeTheIntentIsOnTheBranch() throws IOException {
        job.remote().failNextPushes(2, new GitException("no way"));
        vendor.beforeCreation(() -> assertThat(job.remote().read(TestJob.RESULTS, BatchFiles.ECONOMY))
                .isPresent());
        ask("openai", 1);

        assertThat(job.run()).as(job.printed()).isEqualTo(ExitCode.OK);
        assertThat(outcomes()).containsExactly("q0 succeeded");
    }

    @Test
    void aVendorWithoutBatchApiIsRefusedBeforeAnyCall() throws IOException {
        job.requests(List.of(TestJob.echo("a", "x")), ECONOMY);

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(job.printed())
                .contains(
                        "kind `echo` has no batch API that economy mode knows; those that have are anthropic and openai");
        assertThat(job.remote().branches()).isEmpty();
    }

    @Test
    void aUrlThatAnthropicsBatchesDoNotAnswerIsRefusedBeforeAnyCall() throws IOException {
        ask("anthropic", 1);
        job.requests(List.of(TestJob.echo("a", "x")), ECONOMY);

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(job.printed()).contains("requests:1 $.url: expected /v1/messages");
        assertThat(vendor.calls()).isEmpty();
    }

    @Test
    void resultsOfAnthropicAreFetchedFromItsOwnServerOnly() throws IOException {
        try (FakeBatchVendor stranger = new FakeBatchVendor()) {
            vendor.resultsAt(stranger.base());
            ask("anthropic", 1);

            runUntil("its results are not on the vendor's own server");

            assertThat(stranger.calls()).isEmpty();
        }
    }

    @Test
    void aBudgetIsRefusedBeforeAnyCall() throws IOException {
        ask("openai", 1, new BatchOptions(Optional.of(BigDecimal.ONE), true, 1, BatchOptions.Continuation.CLIENT));

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(job.printed()).contains("max_cost_usd cannot be kept in economy mode");
        assertThat(vendor.calls()).isEmpty();
    }

    @Test
    void theMinutesToWaitAreANumber() throws IOException {
        ask("openai", 1);
        job.variable("FERRY_ECONOMY_MINUTES", "soon");

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed()).contains("FERRY_ECONOMY_MINUTES: expected minutes from 1 to 9999, found `soon`");
    }
}
