package io.github.batchferry.runner.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.git.BranchMovedException;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitAuthenticationException;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.testing.InMemoryGitRemote;
import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.testing.ManualEventLoop;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.TokenUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");
    private static final BatchManifest MANIFEST = new BatchManifest(
            new BatchId("20260115-093000-k3p7qa"),
            Instant.EPOCH,
            9,
            1,
            Sha256.of(new byte[1]),
            Optional.empty(),
            "test");

    private static final RunProgress PROGRESS = progress(1);

    @TempDir
    Path folder;

    private final InMemoryGitRemote remote = new InMemoryGitRemote();
    private final ManualEventLoop loop = new ManualEventLoop();
    private final List<String> log = new ArrayList<>();
    private final Publisher publisher = new Publisher(
            loop,
            new ResultsPush(remote, BRANCH, Optional.empty()),
            Backoff.standard(new Random(1)),
            new CommitMessages(MANIFEST, Shard.WHOLE, 0),
            () -> PROGRESS,
            log::add);

    private ClosedPart part(int number) throws IOException {
        Path file = Files.writeString(folder.resolve("responses-000-000" + number + ".jsonl"), "{}\n");
        byte[] bytes = "{}\n".getBytes(StandardCharsets.UTF_8);
        return new ClosedPart(
                file, new BatchSummary.Part(file.getFileName().toString(), 1, bytes.length, Sha256.of(bytes)));
    }

    private static RunProgress progress(long answered) {
        return new RunProgress(
                MANIFEST.batchId(),
                Shard.WHOLE,
                answered,
                9,
                RunProgress.State.RUNNING,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                1,
                1,
                0);
    }

    private static BatchSummary summary() {
        return new BatchSummary(
                MANIFEST.batchId(),
                MANIFEST.requestsSha256(),
                Map.of(ResponseStatus.SUCCEEDED, 8L, ResponseStatus.ERRORED, 1L),
                List.of(),
                TokenUsage.NONE,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                1,
                "test");
    }

    @Test
    void aDocumentIsReplacedAndItsFutureEndsOnceTheBranchHasIt() throws Exception {
        CompletableFuture<Void> first = publisher.put("economy.json", new byte[] {1});
        CompletableFuture<Void> second = publisher.put("economy.json", new byte[] {2});
        assertThat(first).isNotDone();

        remote.failNextPushes(1, new GitException("no way"));
        loop.runDue();
        assertThat(second).isNotDone();
        loop.advance(Duration.ofMinutes(1));

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(remote.read(BRANCH, "economy.json")).hasValue(new byte[] {2});
        assertThat(publisher.isIdle()).isTrue();
    }

    @Test
    void aDocumentThatCanNeverBePushedFails() {
        remote.put(BRANCH, Map.of("strange", new byte[0]));

        CompletableFuture<Void> put = publisher.put("economy.json", new byte[] {1});
        loop.runDue();

        assertThat(put).isCompletedExceptionally();
    }

    @Test
    void pushesEachPartOnceAndDeletesItsFile() throws IOException {
        publisher.offer(part(0));
        loop.runDue();
        publisher.offer(part(1));
        loop.runDue();

        assertThat(remote.messages(BRANCH))
                .containsExactly(
                        "batch 20260115-093000-k3p7qa: 1 of 9 responses",
                        "batch 20260115-093000-k3p7qa: 2 of 9 responses");
        assertThat(publisher.isIdle()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void triesAFailedPushAgainTogetherWithWhatCameMeanwhile() throws IOException {
        remote.failNextPushes(3, new GitException("no way"));
        publisher.offer(part(0));
        loop.runDue();
        publisher.offer(part(1));
        loop.runDue();
        assertThat(publisher.isIdle()).isFalse();
        assertThat(log).containsExactly("pushing to `" + BRANCH + "` failed, attempt 1: no way");

        loop.advance(Duration.ofSeconds(30));

        assertThat(remote.messages(BRANCH)).containsExactly("batch 20260115-093000-k3p7qa: 2 of 9 responses");
        assertThat(log).hasSize(3);
        assertThat(publisher.isIdle()).isTrue();
    }

    /** A repository that takes the next push and loses the answer, so that nobody knows. */
    private Publisher losingTheNextAnswer() {
        return new Publisher(
                loop,
                new ResultsPush(new LosingRemote(remote), BRANCH, Optional.empty()),
                Backoff.standard(new Random(1)),
                new CommitMessages(MANIFEST, Shard.WHOLE, 0),
                () -> PROGRESS,
                log::add);
    }

    @Test
    void aPushWhoseAnswerWasLostIsOursAlsoWhenMoreCameMeanwhile() throws IOException {
        Publisher losing = losingTheNextAnswer();
        losing.offer(part(0));
        loop.runDue();
        losing.offer(part(1));
        loop.advance(Duration.ofSeconds(30));

        assertThat(losing.broken()).isNotDone();
        assertThat(remote.paths(BRANCH))
                .containsExactly("progress.json", "responses-000-0000.jsonl", "responses-000-0001.jsonl");
        assertThat(losing.isIdle()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPushWhoseAnswerWasLostIsOursAlsoWhenTheSummaryFollows() throws IOException {
        Publisher losing = losingTheNextAnswer();
        losing.offer(part(0));
        loop.runDue();
        losing.hold(part(1));
        CompletableFuture<Void> done = losing.finish(Optional.of(summary()), PROGRESS, 2);
        loop.advance(Duration.ofSeconds(30));

        assertThat(done).isCompleted();
        assertThat(remote.paths(BRANCH))
                .containsExactly(
                        "progress.json", "responses-000-0000.jsonl", "responses-000-0001.jsonl", "summary.json");
    }

    @Test
    void aPushThatArrivesWhileItIsTriedAgainIsOurs() throws IOException {
        LosingRemote late = new LosingRemote(remote).late();
        Publisher losing = new Publisher(
                loop,
                new ResultsPush(late, BRANCH, Optional.empty()),
                Backoff.standard(new Random(1)),
                new CommitMessages(MANIFEST, Shard.WHOLE, 0),
                () -> PROGRESS,
                log::add);
        losing.offer(part(0));
        loop.runDue();
        losing.offer(part(1));
        loop.advance(Duration.ofMinutes(1));

        assertThat(losing.broken()).isNotDone();
        assertThat(remote.paths(BRANCH))
                .containsExactly("progress.json", "responses-000-0000.jsonl", "responses-000-0001.jsonl");
    }

    @Test
    void afterALostAnswerABranchThatSomebodyElseMovedIsStillLeftAlone() throws Exception {
        Publisher losing = losingTheNextAnswer();
        losing.offer(part(0));
        loop.runDue();
        remote.delete(BRANCH);
        remote.put(BRANCH, Map.of("theirs", new byte[1]));
        losing.offer(part(1));
        loop.advance(Duration.ofMinutes(1));

        assertThat(losing.broken()).isCompletedExceptionally();
        assertThat(remote.paths(BRANCH)).containsExactly("theirs");
    }

    @Test
    void theSecondPushWhoseAnswerWasLostIsOursToo() throws Exception {
        long[] said = new long[1];
        Publisher losing = new Publisher(
                loop,
                new ResultsPush(new LosingRemote(remote).after(1), BRANCH, Optional.empty()),
                Backoff.standard(new Random(1)),
                new CommitMessages(MANIFEST, Shard.WHOLE, 0),
                () -> progress(++said[0]),
                log::add);
        remote.failNextPushes(1, new GitException("does not arrive"));
        losing.put("economy.json", new byte[] {1});
        loop.runDue();
        CompletableFuture<Void> second = losing.put("economy.json", new byte[] {2});
        while (log.size() < 2) {
            loop.advance(Duration.ofMillis(100));
        }
        CompletableFuture<Void> third = losing.put("economy.json", new byte[] {3});
        loop.advance(Duration.ofMinutes(1));

        assertThat(losing.broken()).isNotDone();
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(remote.read(BRANCH, "economy.json")).hasValue(new byte[] {3});
    }

    @Test
    void anotherDocumentWithTheSameProgressIsNotOurs() throws Exception {
        Publisher losing = losingTheNextAnswer();
        losing.put("economy.json", new byte[] {1});
        loop.runDue();
        byte[] same = remote.read(BRANCH, "progress.json").orElseThrow();
        remote.delete(BRANCH);
        remote.put(BRANCH, Map.of("economy.json", new byte[] {9}, "progress.json", same));
        losing.put("economy.json", new byte[] {2});
        loop.advance(Duration.ofMinutes(1));

        assertThat(losing.broken()).isCompletedExceptionally();
    }

    @Test
    void theSummaryIsInTheCommitOfTheLastPart() throws IOException {
        publisher.hold(part(0));
        loop.runDue();
        assertThat(remote.branches()).isEmpty();
        CompletableFuture<Void> done = publisher.finish(Optional.of(summary()), PROGRESS, 3);
        loop.runDue();

        assertThat(done).isCompleted();
        assertThat(remote.paths(BRANCH)).containsExactly("progress.json", "responses-000-0000.jsonl", "summary.json");
        assertThat(remote.messages(BRANCH))
                .containsExactly("batch 20260115-093000-k3p7qa: all 9 responses, 1 without success");
    }

    @Test
    void finishingWithNothingNewSaysHowItEnded() {
        CompletableFuture<Void> done = publisher.finish(Optional.empty(), PROGRESS, 1);
        loop.runDue();

        assertThat(done).isCompleted();
        assertThat(remote.paths(BRANCH)).containsExactly("progress.json");
    }

    @Test
    void givesUpTheLastPushAfterItsAttempts() throws IOException {
        remote.failNextPushes(3, new GitException("no way"));
        publisher.hold(part(0));
        CompletableFuture<Void> done = publisher.finish(Optional.of(summary()), PROGRESS, 3);
        loop.advance(Duration.ofMinutes(2));

        assertThat(done).isCompletedExceptionally();
        assertThat(log).hasSize(3);
        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void aMovedBranchEndsPublishingAtOnce() throws IOException {
        remote.put(BRANCH, Map.of("theirs", new byte[1]));
        publisher.offer(part(0));
        loop.advance(Duration.ofMinutes(10));

        assertThat(publisher.broken())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(BranchMovedException.class);
        assertThat(remote.paths(BRANCH)).containsExactly("theirs");
        assertThat(publisher.finish(Optional.of(summary()), PROGRESS, 3)).satisfies(done -> {
            loop.runDue();
            assertThat(done).isCompletedExceptionally();
        });
    }

    @Test
    void aTokenThatMayNotPushEndsPublishingAfterOneMoreTry() throws IOException {
        remote.failNextPushes(100, new GitAuthenticationException("403 for `eval-results`"));
        publisher.offer(part(0));
        loop.advance(Duration.ofHours(1));

        assertThat(log).hasSize(2);
        assertThat(publisher.broken())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(GitAuthenticationException.class)
                .withMessageContaining("403 for `eval-results`; give the job `permissions: contents: write`");
    }

    @Test
    void aTokenThatWasRefusedOnceGoesOn() throws IOException {
        for (int i = 0; i < 3; i++) {
            remote.failNextPushes(1, new GitAuthenticationException("401"));
            publisher.offer(part(i));
            loop.advance(Duration.ofMinutes(1));
        }

        assertThat(publisher.broken()).isNotDone();
        assertThat(remote.paths(BRANCH)).hasSize(4);
    }

    @Test
    void partsOfMoreThanOnePushTakesGoInSeveralAndTheSummaryWithTheLast() throws IOException {
        for (int i = 0; i < 3; i++) {
            ClosedPart part = part(i);
            BatchSummary.Part large = new BatchSummary.Part(
                    part.part().name(), 1, 600L * 1024 * 1024, part.part().sha256());
            publisher.hold(new ClosedPart(part.file(), large));
        }
        CompletableFuture<Void> done = publisher.finish(Optional.of(summary()), PROGRESS, 3);
        loop.advance(Duration.ofSeconds(1));

        assertThat(done).isCompleted();
        assertThat(remote.messages(BRANCH))
                .containsExactly(
                        "batch 20260115-093000-k3p7qa: 1 of 9 responses",
                        "batch 20260115-093000-k3p7qa: 2 of 9 responses",
                        "batch 20260115-093000-k3p7qa: all 9 responses, 1 without success");
        assertThat(remote.paths(BRANCH)).hasSize(5);
    }

    @Test
    void aPushWhoseAnswerWasLostIsOursAlsoWhenTheProgressIsAnotherByThen() throws IOException {
        List<RunProgress> said = new ArrayList<>();
        Publisher losing = new Publisher(
                loop,
                new ResultsPush(new LosingRemote(remote), BRANCH, Optional.empty()),
                Backoff.standard(new Random(1)),
                new CommitMessages(MANIFEST, Shard.WHOLE, 0),
                () -> {
                    said.add(progress(said.size()));
                    return said.get(said.size() - 1);
                },
                log::add);
        losing.offer(part(0));
        loop.advance(Duration.ofMinutes(1));

        assertThat(losing.broken()).isNotDone();
        assertThat(said).hasSizeGreaterThan(1);
        assertThat(remote.read(BRANCH, "progress.json").map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .contains(said.get(said.size() - 1).toJson() + "\n");
        assertThat(losing.isIdle()).isTrue();
    }
}
