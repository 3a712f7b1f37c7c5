package io.github.batchferry.runner.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.testing.InMemoryGitRemote;
import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.testing.ManualEventLoop;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final int MANY = 5;
    private static final Pace PACE = new Pace(INTERVAL, MANY, SHORTEST);

    @TempDir
    Path folder;

    private final InMemoryGitRemote remote = new InMemoryGitRemote();
    private final ManualEventLoop loop = new ManualEventLoop();
    private final List<IOException> broken = new ArrayList<>();
    private ResponseParts parts;
    private Checkpoints checkpoints;

    @BeforeEach
    void aBatchUnderWay() {
        BatchManifest manifest = new BatchManifest(
                new BatchId("20260115-093000-k3p7qa"),
                Instant.EPOCH,
                9,
                1,
                Sha256.of(new byte[1]),
                Optional.empty(),
                "test");
        Publisher publisher = new Publisher(
                loop,
                new ResultsPush(remote, BRANCH, Optional.empty()),
                Backoff.standard(new Random(1)),
                new CommitMessages(manifest, Shard.WHOLE, 0),
                () -> progress(manifest),
                line -> {});
        parts = new ResponseParts(folder, Shard.WHOLE, 0, 1000, publisher::offer);
        checkpoints = new Checkpoints(parts, publisher, PACE, loop, broken::add);
        checkpoints.start();
    }

    private static RunProgress progress(BatchManifest manifest) {
        return new RunProgress(
                manifest.batchId(),
                Shard.WHOLE,
                1,
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

    private void respond() throws IOException {
        parts.append(new byte[] {'{', '}'});
    }

    @Test
    void pushesWhatIsNewAtEachInterval() throws IOException {
        respond();
        respond();
        loop.advance(INTERVAL);
        respond();
        loop.advance(INTERVAL);

        assertThat(remote.messages(BRANCH))
                .containsExactly(
                        "batch 20260115-093000-k3p7qa: 2 of 9 responses",
                        "batch 20260115-093000-k3p7qa: 3 of 9 responses");
    }

    @Test
    void pushesNothingWhereNothingIsNew() throws IOException {
        loop.advance(INTERVAL.multipliedBy(10));
        assertThat(remote.branches()).isEmpty();

        respond();
        loop.advance(INTERVAL.multipliedBy(10));
        assertThat(remote.pushes()).isEqualTo(1);
    }

    @Test
    void anOutageDoesNotEndInManySmallFiles() throws IOException {
        remote.failNextPushes(1000, new GitException("no way"));
        for (int i = 0; i < 20; i++) {
            respond();
            loop.advance(INTERVAL);
        }

        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void endsWhenStopped() throws IOException {
        checkpoints.stop();
        respond();
        loop.advance(INTERVAL.multipliedBy(3));

        assertThat(remote.branches()).isEmpty();
        assertThat(broken).isEmpty();
    }

    @Test
    void manyResponsesArePushedBeforeTheIntervalIsOver() throws IOException {
        for (int i = 0; i < MANY; i++) {
            respond();
        }
        loop.advance(SHORTEST);

        assertThat(remote.messages(BRANCH)).containsExactly("batch 20260115-093000-k3p7qa: 5 of 9 responses");
    }

    @Test
    void neverPushesFasterThanItMayHoweverManyResponsesCome() throws IOException {
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < MANY; i++) {
                respond();
            }
            loop.advance(Duration.ofSeconds(1));
        }

        assertThat(remote.pushes()).isEqualTo(6);
    }
}
