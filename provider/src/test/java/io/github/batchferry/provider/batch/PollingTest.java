package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.batch.SimulatedRun.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waiting for a run costs, and how soon its end is noticed; on a simulated clock, with estimates that are 30 % wrong. */
class PollingTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration SIX_HOURS = Duration.ofHours(6);

    @TempDir
    private Path folder;

    @Test
    void runsOfEveryLengthAreNoticedAtOnceForNextToNothing() throws Exception {
        List<Outcome> all = simulate("mixed", 200, PollingTest::anyLength, run -> run);

        assertThat(Outcome.median(all)).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(Outcome.worst(all)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(Outcome.most(all)).isLessThanOrEqualTo(12);
    }

    @Test
    void tenMinutesCostAtMostTwelveCountedCalls() throws Exception {
        List<Outcome> all = simulate("ten minutes", 60, seed -> TEN_MINUTES, run -> run);

        assertNoticed(all, Duration.ofSeconds(10));
        assertThat(Outcome.most(all)).isLessThanOrEqualTo(12);
    }

    @Test
    void sixHoursCostAtMostFiftyCountedCalls() throws Exception {
        List<Outcome> all = simulate("six hours", 30, seed -> SIX_HOURS, run -> run);

        assertNoticed(all, Duration.ofSeconds(10));
        assertThat(Outcome.most(all)).isLessThanOrEqualTo(50);
    }

    @Test
    void whereEtagsChangeTheHeartbeatKeepsCallsFewAndTheEndNear() throws Exception {
        List<Outcome> short10 =
                simulate("ten minutes, changing ETags", 60, seed -> TEN_MINUTES, SimulatedRun::withChangingEtags);
        List<Outcome> long6 =
                simulate("six hours, changing ETags", 30, seed -> SIX_HOURS, SimulatedRun::withChangingEtags);

        assertNoticed(short10, Duration.ofSeconds(10));
        assertThat(Outcome.most(short10)).isLessThanOrEqualTo(12);
        assertNoticed(long6, Duration.ofSeconds(10));
        assertThat(Outcome.most(long6)).isLessThanOrEqualTo(50);
    }

    @Test
    void withoutAHeartbeatTheEndIsStillNoticedWithinTenSeconds() throws Exception {
        List<Outcome> all = simulate("no heartbeat", 100, PollingTest::anyLength, SimulatedRun::withoutHeartbeat);

        assertThat(Outcome.worst(all)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(Outcome.most(all)).isLessThanOrEqualTo(12);
    }

    @Test
    void withNeitherTheBudgetHolds() throws Exception {
        UnaryOperator<SimulatedRun> blind = run -> run.withoutHeartbeat().withChangingEtags();
        List<Outcome> short10 = simulate("ten minutes, blind", 30, seed -> TEN_MINUTES, blind);
        List<Outcome> long6 = simulate("six hours, blind", 30, seed -> SIX_HOURS, blind);

        assertThat(Outcome.most(short10)).isLessThanOrEqualTo(12);
        assertThat(Outcome.most(long6)).isLessThanOrEqualTo(50);
    }

    private static void assertNoticed(List<Outcome> all, Duration worst) {
        assertThat(Outcome.median(all)).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(Outcome.worst(all)).isLessThanOrEqualTo(worst);
    }

    /** From 20 seconds to 6 hours, as many short ones as long ones. */
    private static Duration anyLength(long seed) {
        double share = new Random(seed).nextDouble();
        return Duration.ofSeconds(Math.round(20 * Math.pow(SIX_HOURS.toSeconds() / 20.0, share)));
    }

    private List<Outcome> simulate(
            String name, int seeds, LongFunction<Duration> length, UnaryOperator<SimulatedRun> kind) throws Exception {
        List<Outcome> all = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            Path place = folder.resolve(name.replaceAll("\\W+", "-") + "-" + seed);
            Outcome outcome = kind.apply(new SimulatedRun(place, seed, length.apply(seed)))
                    .watch();
            assertThat(outcome.lag().isNegative()).as("%s, seed %d", name, seed).isFalse();
            all.add(outcome);
        }
        System.out.printf(
                "polling, %s, seeds 1 to %d: noticed after %d ms (median), %d ms (worst); %d counted calls at most%n",
                name, seeds, Outcome.median(all).toMillis(), Outcome.worst(all).toMillis(), Outcome.most(all));
        return all;
    }
}
