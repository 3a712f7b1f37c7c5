package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.github.Quota;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final long RUN = 1001;

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
        world.github.onDispatch(dispatch -> {});
    }

    @Test
    void unchangedRunsAreLookedAtEveryFewSecondsAndNeverLaterThanTen() throws Exception {
        BatchId id = submit(World.TARGET);
        world.time.after(Duration.ofMinutes(20), () -> world.github.finish(RUN, "success"));

        RunReport report = world.client().watch(id);

        assertThat(report.over()).isTrue();
        assertThat(report.failure()).isEmpty();
        assertThat(world.time.pauses().get(0)).isBetween(Duration.ofMillis(2400), Duration.ofMillis(3600));
        assertThat(world.time.pauses()).allMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) <= 0);
        assertThat(world.github.countedLooks()).isEqualTo(2);
    }

    @Test
    void whileTheRateLimitIsNearlyUsedUpLooksAreRationed() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.setQuota(new Quota(1000, 99));
        world.time.after(Duration.ofMinutes(20), () -> world.github.finish(RUN, "success"));

        assertThat(world.client().watch(id).over()).isTrue();

        assertThat(world.github.looks()).isLessThan(80);
    }

    @Test
    void whateverAProxyOrAServerInTroubleAnswersTheNextLookDecides() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.failNextLooks(5, new GitHubException("GitHub's answer cannot be read", 200));
        world.github.failNextLooks(5, new GitHubException("GitHub points to another address", 302));
        world.github.failNextLooks(200, new GitHubUnreachableException("GitHub is in trouble", 500, null));
        world.github.failNextLooks(1, new GitHubException("a teapot", 418));
        world.time.after(Duration.ofMinutes(25), () -> world.github.finish(RUN, "success"));

        assertThat(world.client().watch(id).over()).isTrue();
        assertThat(world.heard.failedLooks).hasSizeGreaterThan(100);
    }

    @Test
    void aRateLimitWithoutAWordIsWaitedForTwiceAsLongEachTime() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.failNextLooks(
                4, new GitHubRateLimitException("secondary limit", 403, Duration.ofMinutes(1), false));
        world.github.finish(RUN, "success");

        assertThat(world.client().watch(id).over()).isTrue();

        assertThat(world.heard.failedLooks)
                .containsExactly(
                        "secondary limit / PT1M",
                        "secondary limit / PT2M",
                        "secondary limit / PT4M",
                        "secondary limit / PT8M");
    }

    @Test
    void theTargetsPollIntervalIsTheLongestPause() throws Exception {
        BatchId id = submit(target(Optional.of(Duration.ofSeconds(4)), Duration.ofMinutes(5)));
        world.time.after(Duration.ofMinutes(2), () -> world.github.finish(RUN, "success"));

        world.client().watch(id);

        assertThat(world.time.pauses()).allMatch(pause -> pause.compareTo(Duration.ofSeconds(4)) <= 0);
    }

    @Test
    void theEmbeddedGitHubIsLookedAtOften() throws Exception {
        BatchId id = submit(World.EMBEDDED);
        world.time.after(Duration.ofSeconds(1), () -> world.github.finish(RUN, "success"));

        assertThat(world.client().watch(id).over()).isTrue();

        assertThat(world.time.pauses()).hasSize(5).containsOnly(Duration.ofMillis(200));
    }

    @Test
    void aRunThatIsOverIsSeenAtOnce() throws Exception {
        BatchId id = submit(World.TARGET);
        world.time.await(Duration.ofHours(1));
        world.github.finish(RUN, "success");
        world.time.pauses().clear();

        assertThat(world.client().watch(id).over()).isTrue();
        assertThat(world.time.pauses()).isEmpty();
    }

    @Test
    void theTimeOutEndsTheWaitAndNotTheRun() throws Exception {
        BatchId id = submit(target(Optional.empty(), Duration.ofSeconds(90)));
        world.github.setStatus(RUN, "in_progress");

        RunReport report = world.client().watch(id);

        assertThat(report.over()).isFalse();
        assertThat(report.run()).map(WorkflowRun::status).contains("in_progress");
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofSeconds(90));
        assertThat(world.github.cancelRequests()).isEmpty();
        world.github.finish(RUN, "success");
        assertThat(world.client().watch(id).over()).isTrue();
    }

    @Test
    void aFailedLookIsFollowedByAnother() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.failNextLooks(2, new GitHubUnreachableException("cannot reach GitHub", 502, null));
        world.github.failNextLooks(1, new GitHubRateLimitException("rate limit", 429, Duration.ofSeconds(77)));
        world.time.after(Duration.ofSeconds(20), () -> world.github.finish(RUN, "success"));

        assertThat(world.client().watch(id).over()).isTrue();

        assertThat(world.heard.failedLooks).hasSize(3).last().isEqualTo("rate limit / PT1M17S");
        assertThat(world.heard.failedLooks).first().asString().startsWith("cannot reach GitHub / PT");
        assertThat(world.time.elapsed()).isGreaterThan(Duration.ofSeconds(77));
    }

    @Test
    void aGitHubThatCannotBeReachedUntilTheTimeOutLeavesTheVerdictOpen() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.failNextLooks(10_000, new GitHubUnreachableException("cannot reach GitHub", 0, null));

        RunReport report = world.client().watch(id);

        assertThat(report.over()).isFalse();
        assertThat(report.run()).isEmpty();
        assertThat(world.time.elapsed()).isEqualTo(World.TARGET.timeout());
    }

    @Test
    void aRunThatDoesNotShowYetIsWaitedForHalfAMinute() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.failNextLooks(3, new GitHubNotFoundException("cannot find run 1001"));
        world.time.after(Duration.ofSeconds(25), () -> world.github.finish(RUN, "success"));

        assertThat(world.client().watch(id).over()).isTrue();
    }

    @Test
    void aRunThatIsGoneIsAnError() throws Exception {
        BatchId id = submit(World.TARGET);
        GitHubException gone = new GitHubNotFoundException("cannot find run 1001");
        world.github.failNextLooks(100, gone);

        assertThatThrownBy(() -> world.client().watch(id)).isSameAs(gone);
        assertThat(world.time.elapsed()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
    }

    @Test
    void aTokenThatIsNotAcceptedEndsTheWatchAtOnce() throws Exception {
        BatchId id = submit(World.TARGET);
        GitHubException unauthorized = new GitHubAuthenticationException("bad credentials", 401);
        world.github.failNextLooks(1, unauthorized);

        assertThatThrownBy(() -> world.client().watch(id)).isSameAs(unauthorized);
        assertThat(world.github.looks()).isEqualTo(1);
    }

    @Test
    void aFailedRunSaysWhichStepFailedAndHowItsLogEnds() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.finish(RUN, "failure");
        WorkflowJob.Step fetch = new WorkflowJob.Step(1, "Fetch the batch runner", "completed", Optional.of("success"));
        WorkflowJob.Step answer = new WorkflowJob.Step(2, "Answer the requests", "completed", Optional.of("failure"));
        WorkflowJob skipped = new WorkflowJob(6, "Before", "completed", Optional.of("skipped"), List.of());
        WorkflowJob job =
                new WorkflowJob(7, "Answer the batch", "completed", Optional.of("failure"), List.of(fetch, answer));
        world.github.setJobs(RUN, List.of(skipped, job));
        world.github.setJobLog(
                7, IntStream.rangeClosed(1, 50).mapToObj(i -> "line " + i).toList());

        RunReport.Failure failure = world.client().watch(id).failure().orElseThrow();

        assertThat(failure.job()).contains(job);
        assertThat(failure.step()).contains(answer);
        assertThat(failure.log()).hasSize(20).startsWith("line 31").endsWith("line 50");
        assertThat(world.client().status(id).failure()).contains(failure);
    }

    @Test
    void aRunThatFailedWithoutAJobSaysNoMore() throws Exception {
        BatchId id = submit(World.TARGET);
        world.github.finish(RUN, "startup_failure");

        assertThat(world.client().watch(id).failure())
                .contains(new RunReport.Failure(Optional.empty(), Optional.empty(), List.of()));
    }

    @Test
    void aRunIsFoundByItsNameWhenItsNumberIsNotKnown() throws Exception {
        world.github.answerUnnamed(true);
        world.github.hideNewestRun(1000);
        BatchId id = submit(World.TARGET);
        world.github.hideNewestRun(3);
        world.time.after(Duration.ofMinutes(1), () -> world.github.finish(RUN, "success"));

        assertThat(world.client().watch(id).over()).isTrue();
        assertThat(world.client().record(id).runId()).hasValue(RUN);
    }

    @Test
    void aDispatchThatNeverArrivedIsNotWaitedForLongerThanItMayTakeToShow() throws Exception {
        world.github.failNextDispatch(new GitHubUnreachableException("cannot reach GitHub", 0, null));
        world.github.failNextDispatch(new GitHubUnreachableException("cannot reach GitHub", 0, null));
        assertThatThrownBy(() -> submit(World.TARGET)).hasMessage("cannot reach GitHub");
        BatchId id = world.client().list().get(0).manifest().batchId();

        RunReport report = world.client().watch(id);

        assertThat(report.run()).isEmpty();
        assertThat(world.time.elapsed()).isLessThan(Duration.ofSeconds(400));
    }

    private BatchId submit(Target target) throws Exception {
        return world.client().submit(World.requests(2), target, false).batch();
    }

    private static Target target(Optional<Duration> pollInterval, Duration timeout) {
        return new Target.GitHubActions(
                "cloud",
                World.TARGET.server(),
                World.TARGET.repository(),
                World.TARGET.workflow(),
                Optional.empty(),
                "eval-results",
                pollInterval,
                timeout,
                Optional.empty(),
                Optional.empty());
    }
}
