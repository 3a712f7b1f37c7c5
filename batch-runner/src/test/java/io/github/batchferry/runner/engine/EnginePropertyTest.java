package io.github.batchferry.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

    @Property(tries = 100)
    void lanesTogetherKeepToTheVendorsBoundAndAnswerEverythingOnce(
            @ForAll @IntRange(min = 0, max = 60) int requests,
            @ForAll @IntRange(min = 1, max = 4) int lanes,
            @ForAll @IntRange(min = 1, max = 9) int concurrency,
            @ForAll long seed) {
        Random random = new Random(seed);
        EngineHarness engine =
                new EngineHarness(requests, lanes, concurrency, 3, (number, attempt) -> act(random)).runAll();

        assertThat(engine.mostUnderWay).isLessThanOrEqualTo(concurrency);
        assertThat(engine.responses).hasSize(requests);
        assertThat(engine.responses).extracting(r -> r.customId().value()).doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void aRejectionNeverUsesUpAnAttempt(@ForAll @IntRange(min = 1, max = 60) int requests, @ForAll long seed) {
        Random random = new Random(seed);
        EngineHarness engine = new EngineHarness(requests, 5, 1, (number, attempt) -> {
                    EngineHarness.Act act = act(random);
                    boolean mayEnd = act instanceof EngineHarness.Act.Answer answer
                            && (answer.status() == 429 || answer.status() == 200);
                    return mayEnd ? act : EngineHarness.ok();
                })
                .runAll();

        assertThat(engine.responses)
                .hasSize(requests)
                .allSatisfy(r -> assertThat(r.status()).isEqualTo(ResponseStatus.SUCCEEDED));
    }

    @Property(tries = 100)
    void nothingIsSentBeforeTheTimeTheVendorNames(
            @ForAll @IntRange(min = 1, max = 60) int requests, @ForAll long seed) {
        Random random = new Random(seed);
        EngineHarness[] engine = new EngineHarness[1];
        Instant[] parkedUntil = {Instant.MIN};
        engine[0] = new EngineHarness(requests, 5, 3, (number, attempt) -> {
            // the gate counts in doubles
            assertThat(engine[0].loop.now().plusNanos(1000)).isAfterOrEqualTo(parkedUntil[0]);
            if (random.nextInt(4) > 0) {
                return EngineHarness.ok();
            }
            int seconds = 1 + random.nextInt(100);
            // what is sent at the very moment of the rejection may be sent before it is known
            engine[0].loop.after(EngineHarness.LATENCY.plusNanos(1), () -> {
                Instant until = engine[0].loop.now().plusSeconds(seconds);
                parkedUntil[0] = until.isAfter(parkedUntil[0]) ? until : parkedUntil[0];
            });
            return EngineHarness.slowDown("retry-after", Integer.toString(seconds));
        });
        engine[0].runAll();

        assertThat(engine[0].responses).hasSize(requests);
    }

    @Property(tries = 50)
    void theSameAnswersGiveTheSameRun(@ForAll @IntRange(min = 0, max = 60) int requests, @ForAll long seed) {
        EngineHarness first = chaos(requests, 4, 3, seed, new HashMap<>()).runAll();
        EngineHarness second = chaos(requests, 4, 3, seed, new HashMap<>()).runAll();

        assertThat(second.asked).isEqualTo(first.asked);
        assertThat(second.responses).isEqualTo(first.responses);
        assertThat(second.changes).isEqualTo(first.changes);
    }

    @Property(tries = 100)
    void expiringAtAnyMomentLeavesNothingUnanswered(
            @ForAll @IntRange(min = 1, max = 60) int requests,
            @ForAll @IntRange(min = 0, max = 20_000) int millis,
            @ForAll long seed) {
        EngineHarness engine = chaos(requests, 4, 3, seed, new HashMap<>());
        engine.loop.advance(Duration.ofMillis(millis));
        int askedBefore = engine.asked.size();
        engine.engine.expireRest(new ResponseLine.Failure("budget", "the budget is used up"));
        engine.runAll();

        assertThat(engine.ending).isCompleted();
        assertThat(engine.asked).hasSize(askedBefore);
        assertThat(engine.responses).hasSize(requests);
        assertThat(engine.responses).extracting(r -> r.customId().value()).doesNotHaveDuplicates();
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
        return switch (random.nextInt(11)) {
            case 0 -> new EngineHarness.Act.Answer(400, Map.of(), "{}", latency);
            case 1 -> new EngineHarness.Act.Answer(503, Map.of("retry-after", List.of("3")), "{}", latency);
            case 2 -> new EngineHarness.Act.Answer(429, Map.of("retry-after-ms", List.of("0")), "{}", latency);
            case 3 -> new EngineHarness.Act.Answer(429, Map.of(), "{}", latency);
            case 4 -> new EngineHarness.Act.Fail(new IOException("connection reset"), latency);
            case 5 -> new EngineHarness.Act.Hang();
            case 6 -> new EngineHarness.Act.Answer(200, limits(random), "{}", latency);
            case 7 -> new EngineHarness.Act.Answer(429, limits(random), "{}", latency);
            default -> new EngineHarness.Act.Answer(200, Map.of(), "{}", latency);
        };
    }

    /** Headers that need not make sense. */
    private static Map<String, List<String>> limits(Random random) {
        return Map.of(
                "x-limit", List.of(Integer.toString(random.nextInt(1000))),
                "x-remaining", List.of(Integer.toString(random.nextInt(1000))));
    }
}
