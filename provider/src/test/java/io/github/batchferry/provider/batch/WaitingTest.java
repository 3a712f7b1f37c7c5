package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.PendingDeployment;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Waiting;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that do not begin, do not end, do not stop, or are gone. */
class WaitingTest {
    private static final long RUN = 1001;
    private static final String PAGE = "https://github.example/myorg/eval-runner/actions/runs/1001";

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void aRunThatIsQueued() {
        world = new World(folder);
        world.github.onDispatch(dispatch -> {});
    }

    @Test
    void aRunThatWaitsForApprovalSaysForWhose() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.setPendingDeployments(List.of(
                new PendingDeployment("batchferry", List.of("alice", "release-team"), Duration.ZERO),
                new PendingDeployment("slow", List.of(), Duration.ofMinutes(30))));
        world.github.setStatus(RUN, "waiting");
        endsAfter(Duration.ofMinutes(5));

        assertThat(world.client().watch(id).over()).isTrue();

        assertThat(world.heard.words)
                .containsOnlyOnce("waits: the run waits for approval of environment `batchferry` by alice or"
                        + " release-team; environment `slow` has every run wait 30m; see " + PAGE);
        assertThat(world.github.otherCountedCalls()).as("asked once").isEqualTo(1);
    }

    @Test
    void aRunBehindAnotherOfItsGroupSaysSo() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.setStatus(RUN, "pending");
        endsAfter(Duration.ofMinutes(1));

        world.client().watch(id);

        assertThat(world.heard.words)
                .containsOnlyOnce("waits: the run waits for another run of its concurrency group to end; see " + PAGE);
    }

    @Test
    void aJobThatNoRunnerTakesSaysWhichRunnerItWants() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.setJobs(
                RUN,
                List.of(new WorkflowJob(
                        1, "batch", "queued", Optional.empty(), List.of(), List.of("self-hosted", "gpu"))));
        endsAfter(Duration.ofMinutes(5));

        world.client().watch(id);

        assertThat(world.heard.words)
                .containsOnlyOnce("waits: no runner has taken the job for 2m; it asks for one with the labels"
                        + " `self-hosted`, `gpu`: check that such a runner is online and free, and the limit of"
                        + " concurrent jobs; see " + PAGE);
    }

    @Test
    void aQueueThatMovesSoonIsNotWorthAWord() throws Exception {
        BatchId id = submit(World.TARGET);
        world.time.after(Duration.ofSeconds(90), () -> world.github.setStatus(RUN, "in_progress"));
        endsAfter(Duration.ofMinutes(5));

        world.client().watch(id);

        assertThat(world.heard.words).noneMatch(word -> word.startsWith("waits"));
        assertThat(world.github.otherCountedCalls()).isZero();
    }

    @Test
    void theQueueTimeOutEndsTheWaitAndNotTheRun() throws Exception {
        BatchId id = submit(waiting(OnTimeout.WAIT, Optional.of(Duration.ofMinutes(4))));

        RunReport report = world.client().watch(id);

        assertThat(report.over()).isFalse();
        assertThat(report.waiting()).hasValueSatisfying(why -> assertThat(why).startsWith("no runner has taken"));
        assertThat(world.time.elapsed()).isBetween(Duration.ofMinutes(4), Duration.ofSeconds(250));
        assertThat(world.github.cancelRequests()).isEmpty();
    }

    @Test
    void aRunThatWorksIsNotQueued() throws Exception {
        BatchId id = submit(waiting(OnTimeout.WAIT, Optional.of(Duration.ofMinutes(4))));
        world.github.setStatus(RUN, "in_progress");
        endsAfter(Duration.ofMinutes(9));

        assertThat(world.client().watch(id).over()).isTrue();
    }

    @Test
    void aTargetMayHaveARunCancelledThatIsNotOverInTime() throws Exception {
        BatchId id = submit(waiting(OnTimeout.CANCEL, Optional.empty()));
        world.github.setStatus(RUN, "in_progress");

        RunReport report = world.client().watch(id, Optional.of(Duration.ofMinutes(10)));

        assertThat(report.run()).flatMap(WorkflowRun::conclusion).contains("cancelled");
        assertThat(world.github.cancelRequests()).containsExactly(RUN);
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofMinutes(10));
        assertThat(world.heard.words).contains("stopping");
    }

    @Test
    void howLongToWaitCanBeSaidEachTime() throws Exception {
        BatchId id = submit(World.TARGET);

        assertThat(world.client().watch(id, Optional.of(Duration.ofMinutes(1))).over())
                .isFalse();
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofMinutes(1));
        assertThat(world.client().resume(id, Optional.of(Duration.ofMinutes(2))).over())
                .isFalse();
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aRunThatIgnoresBeingCancelledIsEndedByForceAfterAMinute() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.ignoreCancel(true);

        Cancellation done = world.client().cancel(id);

        assertThat(done.forced()).isTrue();
        assertThat(done.stopped())
                .hasValueSatisfying(run -> assertThat(run.completed()).isTrue());
        assertThat(world.time.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(64));
    }

    @Test
    void aRunThatStopsByItselfIsNotForced() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.ignoreCancel(true);
        world.time.after(Duration.ofSeconds(40), () -> world.github.finish(RUN, "cancelled"));

        Cancellation done = world.client().cancel(id);

        assertThat(done.forced()).isFalse();
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void whoeverDoesNotWaitOnlyAsks() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.ignoreCancel(true);

        Cancellation done = world.client().cancel(id, false);

        assertThat(done.stopped()).isPresent();
        assertThat(world.github.cancelRequests()).containsExactly(RUN);
        assertThat(world.time.elapsed()).isZero();
    }

    @Test
    void aRunThatSomebodyDeletedIsFollowedByAnother() throws Exception {
        BatchId id = submit(World.TARGET);
        world.time.await(Duration.ofMinutes(1));
        world.github.removeRun(RUN);
        world.github.onDispatch(world::succeed);

        RunReport report = world.client().resume(id);

        assertThat(report.run()).map(WorkflowRun::id).contains(1002L);
        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(world.heard.words).contains("lost 1001");
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void theRunThatTookThePlaceOfADeletedOneIsFound() throws Exception {
        BatchId id = submit(World.TARGET);
        world.time.await(Duration.ofMinutes(1));
        world.github.removeRun(RUN);
        long other = world.github.addRun("run-evals.yml", "llm-batch " + id).id();
        world.time.after(Duration.ofMinutes(1), () -> world.github.finish(other, "failure"));

        assertThat(world.client().resume(id).run()).map(WorkflowRun::id).contains(other);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aRunThatOnlySeemsToBeGoneIsKept() throws Exception {
        BatchId id = submit(World.TARGET);
        world.time.await(Duration.ofMinutes(1));
        world.github.failNextLooks(1, new GitHubNotFoundException("cannot find run 1001"));
        endsAfter(Duration.ofMinutes(1));

        assertThat(world.client().resume(id).run()).map(WorkflowRun::id).contains(RUN);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void nothingIsDispatchedWhereTheWorkflowIsGoneAsWell() throws Exception {
        BatchId id = submit(World.TARGET);
        world.time.await(Duration.ofMinutes(1));
        world.github.removeRun(RUN);
        world.github.setWorkflowState(Optional.empty());

        assertThatThrownBy(() -> world.client().resume(id)).isInstanceOf(GitHubException.class);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void jobsAreCountedWhenTheRunChangesAndThreeTimesAtMost() throws Exception {
        BatchId id = submit(World.TARGET);
        for (int minute = 1; minute <= 8; minute++) {
            int done = minute - 1;
            world.time.after(Duration.ofMinutes(minute), () -> {
                world.github.setJobs(RUN, jobs(done, 9));
                world.github.setStatus(RUN, done % 2 == 0 ? "in_progress" : "queued");
            });
        }
        endsAfter(Duration.ofMinutes(9));

        world.client().watch(id);

        assertThat(world.heard.words)
                .filteredOn(word -> word.endsWith(" jobs"))
                .containsExactly("1 of 9 jobs", "2 of 9 jobs", "3 of 9 jobs");
    }

    @Test
    void whoeverComesLateIsToldAtOnce() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.setJobs(RUN, jobs(2, 4));
        world.github.setStatus(RUN, "in_progress");
        endsAfter(Duration.ofMinutes(1));

        world.client().watch(id);

        assertThat(world.heard.words).contains("2 of 4 jobs");
    }

    @Test
    void ofMoreJobsThanGitHubListsAtOnceNothingIsSaid() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.setJobs(RUN, jobs(1, 100));
        world.github.setStatus(RUN, "in_progress");
        endsAfter(Duration.ofMinutes(1));

        world.client().watch(id);

        assertThat(world.heard.words).noneMatch(word -> word.endsWith(" jobs"));
    }

    private static List<WorkflowJob> jobs(int done, int all) {
        return IntStream.range(0, all)
                .mapToObj(number -> new WorkflowJob(
                        number,
                        "shard " + number,
                        number < done ? "completed" : "in_progress",
                        number < done ? Optional.of("success") : Optional.empty(),
                        List.of()))
                .toList();
    }

    private void endsAfter(Duration time) {
        world.time.after(time, () -> world.github.finish(RUN, "success"));
    }

    private BatchId submit(Target target) throws Exception {
        return world.client().submit(World.requests(2), target, false).batch();
    }

    private static Target waiting(OnTimeout onTimeout, Optional<Duration> queue) {
        return World.TARGET.withWaiting(new Waiting(onTimeout, queue));
    }
}
