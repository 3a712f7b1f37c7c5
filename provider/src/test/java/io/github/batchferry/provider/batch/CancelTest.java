package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelTest {
    private static final Submission ECONOMY = new Submission(false, false, BatchOptions.STANDARD.withEconomy(true));

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void aRunThatGoesOn() {
        world = new World(folder);
        world.github.putFile(
                BatchFiles.VENDORS,
                "vendors: [{name: openai, kind: openai, models: [\"*\"]}]".getBytes(StandardCharsets.UTF_8));
        world.github.onDispatch(dispatch -> {});
    }

    @Test
    void theRunIsAskedToStop() throws Exception {
        BatchId id = submit(Submission.STANDARD);

        Cancellation done = world.client().cancel(id);

        assertThat(done.stopped()).isPresent();
        assertThat(done.dispatched()).isFalse();
        assertThat(world.github.cancelRequests()).containsExactly(1001L);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aBatchInEconomyModeIsDispatchedOnceMoreToCancelWhatIsAtVendors() throws Exception {
        BatchId id = submit(ECONOMY);
        world.github.onDispatch(world::succeed);

        Cancellation done = world.client().cancel(id);

        assertThat(done.stopped()).isPresent();
        assertThat(done.dispatched()).isTrue();
        assertThat(world.github.dispatches())
                .extracting(dispatch -> FakeRunner.manifest(dispatch).options().cancel())
                .containsExactly(false, true);
        assertThat(FakeRunner.manifest(world.github.dispatches().get(1)).batchId())
                .isEqualTo(id);
        world.client().watch(id);
        assertThat(world.client().collect(id).complete()).isTrue();
    }

    @Test
    void theRunThatTheWorkflowStartedIsStopped() throws Exception {
        BatchId id = submitted(ContinueTest.BY_RUNNER, Submission.STANDARD);
        world.github.finish(1001, "success");
        long next = nextRun(id);

        Cancellation done = world.client().cancel(id);

        assertThat(done.stopped()).map(WorkflowRun::id).contains(next);
        assertThat(world.github.cancelRequests()).containsExactly(next);
        assertThat(world.client().record(id).runId()).hasValue(next);
    }

    @Test
    void inEconomyModeTheRunThatTheWorkflowStartedIsStoppedBeforeTheOneThatCancels() throws Exception {
        BatchId id = submitted(ContinueTest.BY_RUNNER, ECONOMY);
        world.github.finish(1001, "success");
        long next = nextRun(id);

        Cancellation done = world.client().cancel(id);

        assertThat(done.stopped()).map(WorkflowRun::id).contains(next);
        assertThat(done.dispatched()).isTrue();
        assertThat(world.github.cancelRequests()).containsExactly(next);
        assertThat(world.github.dispatches()).hasSize(2);
    }

    private long nextRun(BatchId id) {
        return world.github
                .addRun(world.github.dispatches().get(0).workflow(), BatchFiles.runName(id))
                .id();
    }

    @Test
    void cancellingTwiceDispatchesOnce() throws Exception {
        BatchId id = submit(ECONOMY);
        world.client().cancel(id);

        Cancellation again = world.client().cancel(id);

        assertThat(again.stopped()).as("the run that cancels is left alone").isEmpty();
        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(world.github.cancelRequests()).hasSize(1);
    }

    @Test
    void aClientKilledBeforeThatDispatchIsFollowedByAnother() throws Exception {
        BatchId id = submit(ECONOMY);
        world.client().cancel(id);
        Path journal = world.client().record(id).directory().resolve("journal.jsonl");
        List<String> events = Files.readAllLines(journal);
        int cancelled = events.stream()
                .filter(event -> event.contains("\"cancelled\""))
                .mapToInt(events::indexOf)
                .findFirst()
                .orElseThrow();
        Files.write(journal, events.subList(0, cancelled + 1));
        world.github.onDispatch(world::succeed);

        world.client().resume(id);

        assertThat(FakeRunner.manifest(world.github.dispatches().get(2))
                        .options()
                        .cancel())
                .isTrue();
    }

    @Test
    void aCancelledBatchIsNotAttachedTo() throws Exception {
        BatchId id = submit(ECONOMY);
        world.client().cancel(id);

        assertThat(submit(ECONOMY)).isNotEqualTo(id);
    }

    @Test
    void whatWasNeverDispatchedNeedsNoRun() throws Exception {
        BatchId id = submit(ECONOMY);
        Path journal = world.client().record(id).directory().resolve("journal.jsonl");
        Files.write(journal, Files.readAllLines(journal).subList(0, 1));

        Cancellation done = world.client().cancel(id);

        assertThat(done).isEqualTo(new Cancellation(Optional.empty(), false));
        assertThat(world.github.dispatches()).hasSize(1);
    }

    private BatchId submit(Submission how) throws Exception {
        return submitted(World.TARGET, how);
    }

    private BatchId submitted(Target target, Submission how) throws Exception {
        return world.client().submit(World.requests(2), target, how).batch();
    }
}
