package io.github.batchferry.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a vendor does, in whatever order. jqwik prints the seed of a failure. */
class EnginePropertyTest {
    @Property(tries = 200)
    void everyRequestEndsInExactlyOneResponse(
            @ForAll @IntRange(min = 0, max = 60) int requests,
            @ForAll @IntRange(min = 1, max = 9) int concurrency,
            @ForAll @IntRange(min = 1, max = 4) int attempts,
            @ForAll long seed) {
        EngineHarness engine =
                chaos(requests, concurrency, attempts, seed, new HashMap<>()).runAll();

        assertThat(engine.responses).hasSize(requests);
        assertThat(engine.responses).extracting(r -> r.customId().value()).doesNotHaveDuplicates();
        assertThat(engine.ending).isCompleted();
        assertThat(engine.underWay).isZero();
    }

    @Property(tries = 200)
    void concurrencyIsNeverExceeded(
            @ForAll @IntRange(min = 0, max = 60) int requests,
            @ForAll @IntRange(min = 1, max = 9) int concurrency,
            @ForAll long seed) {
        EngineHarness engine =
                chaos(requests, concurrency, 3, seed, new HashMap<>()).runAll();

        assertThat(engine.mostUnderWay).isLessThanOrEqualTo(concurrency);
    }

    @Property(tries = 200)
    void nothingIsAskedAgainAfterASuccessOrARefusal(
            @ForAll @IntRange(min = 0, max = 60) int requests, @ForAll long seed) {
        Map<Integer, EngineHarness.Act> lastActs = new HashMap<>();
        EngineHarness engine = chaos(requests, 4, 3, seed, lastActs).runAll();

        lastActs.forEach((number, act) -> assertThat(engine.response(number).status() == ResponseStatus.SUCCEEDED)
                .isEqualTo(act instanceof EngineHarness.Act.Answer answer && answer.status() == 200));
    }

    @Property(tries = 100)
    void stoppingAtAnyMomentEndsWithinItsGraceAndKeepsWhatWasAnswered(
            @ForAll @IntRange(min = 1, max = 60) int requests,
            @ForAll @IntRange(min = 0, max = 20_000) int millis,
            @ForAll long seed) {
        EngineHarness engine = chaos(requests, 4, 3, seed, new HashMap<>());
        engine.loop.advance(Duration.ofMillis(millis));
        int before = engine.responses.size();
        int askedBefore = engine.asked.size();
        engine.engine.stop(Duration.ofSeconds(1));
        engine.loop.advance(Duration.ofSeconds(1));

        assertThat(engine.ending).isCompleted();
        assertThat(engine.asked).hasSize(askedBefore);
        assertThat(engine.responses).hasSizeGreaterThanOrEqualTo(before);
        assertThat(engine.responses).extracting(r -> r.customId().value()).doesNotHaveDuplicates();
        assertThat(engine.underWay).isZero();
    }

    /** A vendor that misbehaves at random; after a success or a refusal, being asked again is an error of the test. */
    private static EngineHarness chaos(
            int requests, int concurrency, int attempts, long seed, Map<Integer, EngineHarness.Act> lastActs) {
        Random random = new Random(seed);
        Map<Integer, Boolean> settled = new HashMap<>();
        return new EngineHarness(requests, concurrency, attempts, (number, attempt) -> {
            assertThat(settled).as("requests already settled").doesNotContainKey(number);
            EngineHarness.Act act = act(random);
            lastActs.put(number, act);
            if (act instanceof EngineHarness.Act.Answer answer
                    && List.of(200, 400).contains(answer.status())) {
                settled.put(number, true);
            }
            return act;
        });
    }

    private static EngineHarness.Act act(Random random) {
        Duration latency = Duration.ofMillis(random.nextInt(5000));
        return switch (random.nextInt(9)) {
            case 0 -> new EngineHarness.Act.Answer(400, Map.of(), "{}", latency);
            case 1 -> new EngineHarness.Act.Answer(503, Map.of("retry-after", List.of("3")), "{}", latency);
            case 2 -> new EngineHarness.Act.Answer(429, Map.of("retry-after-ms", List.of("0")), "{}", latency);
            case 3 -> new EngineHarness.Act.Answer(429, Map.of(), "{}", latency);
            case 4 -> new EngineHarness.Act.Fail(new IOException("connection reset"), latency);
            case 5 -> new EngineHarness.Act.Hang();
            default -> new EngineHarness.Act.Answer(200, Map.of(), "{}", latency);
        };
    }
}
