package io.github.batchferry.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.github.batchferry.wire.vendors.VendorLimits;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How near whole batches come to the least time that a vendor's limits allow, and how many calls are rejected on the way. A
 * network round trip takes 50 ms, answers 2.3 s on average, lognormally spread, unless a case says otherwise.
 */
class RateControlTest {
    private static final int WIDE = 300;

    /**
     * @param time bound of the time over the least time
     * @param rejected bound of the rejected calls' share
     */
    private record Case(Scenario scenario, double time, double rejected) {}

    static Stream<Named<Case>> cases() {
        Scenario small = Scenario.of(3000, WIDE);
        Scenario quick = Scenario.of(2000, 200).latency(0.15, 0.05);
        Scenario capped = Scenario.of(5000, WIDE).concurrencyCap(64);
        Scenario noisy = Scenario.of(3000, 100).faults(0.05);
        return Stream.of(
                named("A: 10/s in buckets of 1 s", new Case(small.rate(10, 1), 1.10, 0.02)),
                named(
                        "A: remaining counted for a minute",
                        new Case(small.rate(10, 1).remainingOfAMinute(), 1.10, 0.02)),
                named("A: no retry-after", new Case(small.rate(10, 1).withoutRetryAfter(), 1.10, 0.02)),
                named("A: 100/s, fast answers", new Case(quick.rate(100, 1), 1.10, 0.02)),
                named("B: 10/s in buckets of 60 s", new Case(small.rate(10, 60), 1.05, 0.005)),
                named("B: no resets", new Case(small.rate(10, 60).withoutResets(), 1.05, 0.005)),
                named("C: tokens", new Case(small.rate(100, 60).tokenRate(3000), 1.05, 0.005)),
                named(
                        "D: silent, 1 s",
                        new Case(small.rate(10, 1).withoutHeaders().withoutRetryAfter(), 1.10, 0.02)),
                named("D: only retry-after, 1 s", new Case(small.rate(10, 1).withoutHeaders(), 1.10, 0.02)),
                named(
                        "D: silent, 60 s",
                        new Case(small.rate(10, 60).withoutHeaders().withoutRetryAfter(), 1.10, 0.02)),
                named(
                        "D: silent, 100/s",
                        new Case(quick.rate(100, 1).withoutHeaders().withoutRetryAfter(), 1.10, 0.05)),
                named(
                        "D: silent, 100/s, slow answers",
                        new Case(
                                Scenario.of(10_000, 600)
                                        .rate(100, 1)
                                        .withoutHeaders()
                                        .withoutRetryAfter(),
                                1.10,
                                0.02)),
                named("E: halves, announced", new Case(small.rate(10, 60).halvedAfter(100, true), 1.08, 0.01)),
                named("E: halves, silently", new Case(small.rate(10, 60).halvedAfter(100, false), 1.08, 0.01)),
                named("F: 64 at once", new Case(capped, 1.30, 0.02)),
                named("F: no retry-after", new Case(capped.withoutRetryAfter(), 1.30, 0.02)),
                named("F: with headers", new Case(capped.rate(100, 60), 1.30, 0.02)),
                named("F: fast answers", new Case(capped.latency(0.15, 0.05).withoutRetryAfter(), 1.30, 0.02)),
                named("G: 200/s", new Case(Scenario.of(20_000, 2000).rate(200, 1), 1.10, 0.02)),
                named("H: faults at random", new Case(noisy, 1.8, 0)),
                named("H: faults at random, fast answers", new Case(noisy.latency(0.15, 0.05), 2.8, 0)),
                named("no limit, 100", new Case(Scenario.of(20_000, 100).latency(0.15, 0), 1.01, 0)),
                named("no limit, 500", new Case(Scenario.of(20_000, 500).latency(0.15, 0), 1.05, 0)),
                named("no limit, 2000", new Case(Scenario.of(20_000, 2000).latency(0.95, 0), 1.07, 0)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void staysNearTheLeastTimeWithFewRejections(Case bound) {
        int seeds = bound.scenario().count() > 5000 ? 1 : 3;
        for (int seed = 1; seed <= seeds; seed++) {
            Simulation simulation = new Simulation(bound.scenario(), seed);

            assertThat(simulation.ratio())
                    .as("time over least time, seed %d", seed)
                    .isLessThanOrEqualTo(bound.time());
            assertThat(simulation.rejectedShare()).as("rejected, seed %d", seed).isLessThanOrEqualTo(bound.rejected());
        }
    }

    @Test
    void noMinuteTakesMoreThanTheOwnerAllows() {
        Scenario scenario = Scenario.of(600, 100)
                .latency(0.15, 0.05)
                .limits(new VendorLimits(100, OptionalInt.of(120), OptionalLong.empty()));

        Simulation simulation = new Simulation(scenario, 1);

        assertThat(simulation.vendor.mostInAMinute()).isBetween(115, 120);
    }

    @Test
    void theOwnersTokensHoldToo() {
        Scenario scenario = Scenario.of(600, 100)
                .latency(0.15, 0.05)
                .limits(new VendorLimits(100, OptionalInt.empty(), OptionalLong.of(60_000)));

        Simulation simulation = new Simulation(scenario, 1);

        assertThat(simulation.vendor.tokensServed / (simulation.span() / 60)).isBetween(55_000.0, 61_000.0);
    }

    @Test
    void jobsThatShareAVendorTakeTheirPartOfWhatItAnnounces() {
        Simulation half = new Simulation(Scenario.of(3000, WIDE).rate(10, 60), 2, 1);

        // a half of ten in a second, after half of the bucket of 600
        assertThat(half.span()).isBetween((3000 - 300) / 5.0, (3000 - 300) / 5.0 * 1.05);
        assertThat(half.vendor.rejected).isZero();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Scenario scenario = Scenario.of(1000, WIDE).rate(10, 1).withoutHeaders();

        Simulation first = new Simulation(scenario, 4);
        Simulation second = new Simulation(scenario, 4);

        assertThat(second.changes).isEqualTo(first.changes).isNotEmpty();
        assertThat(second.span()).isEqualTo(first.span());
    }
}
