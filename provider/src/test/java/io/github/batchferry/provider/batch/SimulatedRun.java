package io.github.batchferry.provider.batch;

import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.Shard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A run of some length on a simulated clock: it is queued, checkpoints every thirty seconds with an estimate that is wrong by
 * up to a third, pushes its summary and ends some seconds later.
 */
final class SimulatedRun {
    private static final Duration CHECKPOINT = Duration.ofSeconds(30);

    private final World world;
    private final Random random;
    private final Duration length;
    private boolean heartbeat = true;

    SimulatedRun(Path folder, long seed, Duration length) {
        this.world = new World(folder);
        this.random = new Random(seed);
        this.length = length;
        world.github.onDispatch(this::plan);
    }

    /** A run of which nothing is on the results branch before its end, not even a summary. */
    SimulatedRun withoutHeartbeat() {
        heartbeat = false;
        return this;
    }

    /** No look at it is ever free. */
    SimulatedRun withChangingEtags() {
        world.github.changeEtags(true);
        return this;
    }

    /**
     * How a wait for it went.
     *
     * @param lag time from the run's end until the client knew
     * @param counted calls that GitHub counted while it was waited for
     */
    record Outcome(Duration lag, int counted) {
        static Duration median(java.util.List<Outcome> all) {
            long[] sorted = all.stream()
                    .mapToLong(outcome -> outcome.lag().toMillis())
                    .sorted()
                    .toArray();
            return Duration.ofMillis(sorted[sorted.length / 2]);
        }

        static Duration worst(java.util.List<Outcome> all) {
            return Duration.ofMillis(all.stream()
                    .flatMapToLong(outcome -> LongStream.of(outcome.lag().toMillis()))
                    .max()
                    .orElse(0));
        }

        static int most(java.util.List<Outcome> all) {
            return all.stream().mapToInt(Outcome::counted).max().orElse(0);
        }
    }

    Outcome watch() throws Exception {
        BatchId id = world.client()
                .submit(World.requests(4), World.TARGET.withTimeout(Duration.ofHours(9)), false)
                .batch();
        RunReport report = world.client().watch(id);
        if (!report.over()) {
            throw new AssertionError("the run is not over");
        }
        return new Outcome(
                world.time.elapsed().minus(length), world.github.countedLooks() + world.github.otherCountedCalls());
    }

    private void plan(FakeDispatch dispatch) {
        Instant end = world.time.instant().plus(length);
        Duration queue = seconds(1, Math.max(2, Math.min(60, length.toSeconds() / 4)));
        Duration teardown = seconds(2, Math.max(3, Math.min(8, length.toSeconds() / 5)));
        Duration done = length.minus(teardown);
        world.time.after(queue, () -> world.github.setStatus(dispatch.runId(), "in_progress"));
        if (heartbeat) {
            for (Duration at = queue.plus(CHECKPOINT); at.compareTo(done) < 0; at = at.plus(CHECKPOINT)) {
                world.time.after(at, () -> checkpoint(dispatch, end.minus(teardown)));
            }
        }
        world.time.after(done, () -> {
            if (heartbeat) {
                world.runner.push(dispatch, Map.of(BatchFiles.SUMMARY, "{}".getBytes(StandardCharsets.UTF_8)));
            }
        });
        world.time.after(length, () -> world.github.finish(dispatch.runId(), "success"));
    }

    private void checkpoint(FakeDispatch dispatch, Instant done) {
        Instant now = world.time.instant();
        double error = 0.7 + 0.6 * random.nextDouble();
        Instant estimate = now.plusMillis(Math.round(Duration.between(now, done).toMillis() * error));
        byte[] progress = new RunProgress(
                        FakeRunner.manifest(dispatch).batchId(),
                        Shard.WHOLE,
                        1,
                        4,
                        State.RUNNING,
                        Optional.empty(),
                        TestTime.START,
                        now,
                        Optional.of(estimate),
                        dispatch.runId(),
                        1,
                        0)
                .toJson()
                .toByteArray();
        world.runner.push(dispatch, Map.of(BatchFiles.PROGRESS, progress));
    }

    private Duration seconds(long from, long to) {
        return Duration.ofMillis(random.nextLong(from * 1000, to * 1000 + 1));
    }
}
