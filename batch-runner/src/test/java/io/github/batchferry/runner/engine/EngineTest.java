package io.github.batchferry.runner.engine;

import static io.github.batchferry.runner.engine.EngineHarness.answer;
import static io.github.batchferry.runner.engine.EngineHarness.fail;
import static io.github.batchferry.runner.engine.EngineHarness.hang;
import static io.github.batchferry.runner.engine.EngineHarness.ok;
import static io.github.batchferry.runner.engine.EngineHarness.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    @Test
    void aBatchWithoutOpenRequestsEndsAtOnce() {
        EngineHarness engine = new EngineHarness(0, 4, 3, (number, attempt) -> ok()).runAll();

        assertThat(engine.ending).isCompleted();
        assertThat(engine.asked).isEmpty();
    }

    @Test
    void keepsAsManyCallsUnderWayAsAllowedAndNoMore() {
        EngineHarness engine = new EngineHarness(100, 8, 3, (number, attempt) -> ok()).runAll();

        assertThat(engine.mostUnderWay).isEqualTo(8);
        assertThat(engine.responses).hasSize(100);
        assertThat(engine.sinceStart(engine.asked.get(99))).isEqualTo(EngineHarness.LATENCY.multipliedBy(12));
        assertThat(engine.ending).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 500, 502, 503, 504, 529})
    void triesAgainWhatMayPass(int status) {
        EngineHarness engine =
                new EngineHarness(1, 4, 3, (number, attempt) -> attempt < 3 ? answer(status, "{}") : ok()).runAll();

        assertThat(engine.response(0).status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(engine.response(0).attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 401, 403, 404, 413, 422})
    void asksOnlyOnceWhereTheVendorRefuses(int status) {
        EngineHarness engine =
                new EngineHarness(1, 4, 3, (number, attempt) -> answer(status, "{\"error\":\"no\"}")).runAll();

        ResponseLine response = engine.response(0);
        assertThat(engine.asked).hasSize(1);
        assertThat(response.status()).isEqualTo(ResponseStatus.ERRORED);
        assertThat(response.error())
                .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("http_error"));
        assertThat(response.answer()).hasValueSatisfying(answer -> {
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).hasToString("{\"error\":\"no\"}");
        });
    }

    @Test
    void endsInAnErrorWithTheLastAnswerWhenAttemptsAreUsedUp() {
        EngineHarness engine =
                new EngineHarness(1, 4, 3, (number, attempt) -> answer(503, "{\"n\":" + attempt + "}")).runAll();

        ResponseLine response = engine.response(0);
        assertThat(response.attempts()).isEqualTo(3);
        assertThat(response.error()).contains(new ResponseLine.Failure("http_error", "the vendor answered 503"));
        assertThat(response.answer())
                .hasValueSatisfying(a -> assertThat(a.body()).hasToString("{\"n\":3}"));
    }

    @Test
    void triesAgainAfterIoErrorsAndSaysWhichOneWasLast() {
        EngineHarness engine = new EngineHarness(
                        2,
                        4,
                        2,
                        (number, attempt) -> number == 0
                                ? fail(new IOException("HTTP/1.1 header parser received no bytes"))
                                : attempt == 1 ? fail(new ConnectException()) : ok())
                .runAll();

        assertThat(engine.response(0).error())
                .contains(new ResponseLine.Failure("connection_error", "HTTP/1.1 header parser received no bytes"));
        assertThat(engine.response(0).answer()).isEmpty();
        assertThat(engine.response(1).status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    @Test
    void doesNotRepeatWhatFailedInTheAdapterAndGoesOn() {
        EngineHarness engine = new EngineHarness(
                        2,
                        1,
                        5,
                        (number, attempt) -> number == 0 ? fail(new IllegalArgumentException("no such url")) : ok())
                .runAll();

        assertThat(engine.response(0).error()).contains(new ResponseLine.Failure("adapter_error", "no such url"));
        assertThat(engine.response(1).status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(engine.asked).hasSize(2);
    }

    @Test
    void keepsAPaidAnswerTheAdapterCannotRead() {
        EngineHarness engine = new EngineHarness(1, 1, 5, (number, attempt) -> answer(200, "")).runAll();

        assertThat(engine.asked).hasSize(1);
        assertThat(engine.response(0).status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(engine.response(0).answer())
                .hasValueSatisfying(a -> assertThat(a.body()).hasToString("\"\""));
    }

    @Test
    void carriesAnAnswerThatIsNotJsonAsText() {
        EngineHarness engine =
                new EngineHarness(1, 1, 1, (number, attempt) -> answer(502, "<html>\nbad</html>")).runAll();

        assertThat(engine.response(0).answer())
                .hasValueSatisfying(a -> assertThat(a.body()).hasToString("\"<html>\\nbad</html>\""));
    }

    @Test
    void givesUpACallAtItsTimeLimitAndTriesAgain() {
        EngineHarness engine = new EngineHarness(1, 1, 2, (number, attempt) -> attempt == 1 ? hang() : ok()).runAll();

        assertThat(engine.cancelled).isEqualTo(1);
        assertThat(engine.response(0).attempts()).isEqualTo(2);
        assertThat(engine.response(0).durationMs()).isGreaterThanOrEqualTo(60_200);
    }

    @Test
    void saysThatNoAnswerCameInTime() {
        EngineHarness engine = new EngineHarness(1, 1, 1, (number, attempt) -> hang()).runAll();

        assertThat(engine.response(0).error())
                .contains(new ResponseLine.Failure("request_timeout", "no complete answer within 60 s"));
    }

    @Test
    void takesAnAnswerThatComesWithTheTimeLimit() {
        EngineHarness engine = new EngineHarness(
                        1,
                        1,
                        1,
                        (number, attempt) -> new EngineHarness.Act.Answer(200, Map.of(), "{}", Duration.ofSeconds(60)))
                .runAll();

        assertThat(engine.response(0).status()).isEqualTo(ResponseStatus.SUCCEEDED);
    }

    @Test
    void aRejectedRequestUsesUpNoAttemptAndGoesFirst() {
        EngineHarness engine = new EngineHarness(
                        3, 1, 1, (number, attempt) -> number == 0 && attempt < 5 ? slowDown("retry-after", "2") : ok())
                .runAll();

        assertThat(engine.asked).extracting(EngineHarness.Asked::number).containsExactly(0, 0, 0, 0, 0, 1, 2);
        assertThat(engine.response(0).status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(engine.response(0).attempts()).isEqualTo(5);
        assertThat(engine.sinceStart(engine.asked.get(1))).isEqualTo(Duration.ofMillis(2200));
    }

    @Test
    void oneRejectionParksTheWholeVendor() {
        EngineHarness engine = new EngineHarness(
                        10,
                        4,
                        1,
                        (number, attempt) -> number == 0 && attempt == 1 ? slowDown("retry-after-ms", "3500") : ok())
                .runAll();

        assertThat(engine.asked.subList(4, 11))
                .allSatisfy(
                        asked -> assertThat(engine.sinceStart(asked)).isGreaterThanOrEqualTo(Duration.ofMillis(3700)));
        assertThat(engine.responses).hasSize(10);
    }

    @Test
    void aBrokenVendorThatAsksForAPauseGetsItFromThatRequestAlone() {
        EngineHarness engine = new EngineHarness(
                        6,
                        2,
                        3,
                        (number, attempt) -> number == 0 && attempt == 1
                                ? new EngineHarness.Act.Answer(
                                        503, Map.of("retry-after", List.of("40")), "{}", EngineHarness.LATENCY)
                                : ok())
                .runAll();

        assertThat(engine.asked.subList(0, 6))
                .allSatisfy(asked -> assertThat(engine.sinceStart(asked)).isLessThan(Duration.ofSeconds(2)));
        assertThat(engine.sinceStart(engine.asked.get(6))).isEqualTo(Duration.ofMillis(40_200));
        assertThat(engine.response(0).attempts()).isEqualTo(2);
    }

    @Test
    void waitsUntilTheDateAVendorNames() {
        EngineHarness[] engine = new EngineHarness[1];
        engine[0] = new EngineHarness(
                1,
                1,
                1,
                (number, attempt) -> attempt == 1
                        ? slowDown(
                                "Retry-After",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        engine[0].loop.now().plusSeconds(30).atOffset(ZoneOffset.UTC)))
                        : ok());
        engine[0].runAll();

        assertThat(engine[0].sinceStart(engine[0].asked.get(1))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void pausesLongerAndLongerWhenTheVendorDoesNotSayHowLong() {
        EngineHarness engine =
                new EngineHarness(1, 1, 1, (number, attempt) -> attempt < 5 ? answer(429, "{}") : ok()).runAll();

        List<Long> starts = engine.asked.stream()
                .map(asked -> engine.sinceStart(asked).toMillis())
                .toList();
        assertThat(starts).containsExactly(0L, 700L, 1900L, 4100L, 8300L);
    }

    @Test
    void losesPatienceAfterAQuarterOfAnHourOfRejections() {
        EngineHarness engine = new EngineHarness(500, 4, 1, (number, attempt) -> answer(429, "{}")).runAll();

        assertThat(engine.responses).hasSize(500);
        assertThat(engine.responses).allSatisfy(response -> {
            assertThat(response.status()).isEqualTo(ResponseStatus.ERRORED);
            assertThat(response.error())
                    .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("rate_limited"));
        });
        assertThat(engine.sinceStart(engine.asked.get(engine.asked.size() - 1)))
                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(16));
        assertThat(engine.ending).isCompleted();
    }

    @Test
    void aSuccessInBetweenRestoresPatience() {
        EngineHarness engine = new EngineHarness(
                        3, 1, 1, (number, attempt) -> attempt <= 8 ? slowDown("retry-after", "100") : ok())
                .runAll();

        assertThat(engine.responses).allSatisfy(r -> assertThat(r.status()).isEqualTo(ResponseStatus.SUCCEEDED));
    }

    @Test
    void doesNotWaitForAPauseBeyondItsPatience() {
        EngineHarness engine =
                new EngineHarness(2, 1, 1, (number, attempt) -> slowDown("retry-after", "86400")).runAll();

        assertThat(engine.asked).hasSize(1);
        assertThat(engine.responses).hasSize(2);
    }

    @Test
    void aBrokenVendorIsNotAskedEverythingBeforeFirstRetriesEnd() {
        EngineHarness engine = new EngineHarness(100, 4, 3, (number, attempt) -> answer(500, "{}")).runAll();

        for (int i = 0; i < engine.asked.size(); i++) {
            int index = i;
            long open = engine.asked.subList(0, i + 1).stream()
                    .map(EngineHarness.Asked::number)
                    .distinct()
                    .filter(number -> engine.asked.subList(0, index + 1).stream()
                                    .filter(a -> a.number() == number)
                                    .count()
                            < 3)
                    .count();
            assertThat(open).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void stoppingTakesAnswersUnderWayAndLeavesTheRestUnanswered() {
        EngineHarness engine = new EngineHarness(10, 4, 3, (number, attempt) -> number == 3 ? hang() : ok());
        engine.loop.runDue();
        engine.engine.stop(Duration.ofSeconds(2));
        engine.loop.advance(Duration.ofSeconds(1));
        assertThat(engine.responses).hasSize(3);
        assertThat(engine.ending).isNotDone();

        engine.loop.advance(Duration.ofSeconds(2));

        assertThat(engine.ending).isCompleted();
        assertThat(engine.responses).hasSize(3);
        assertThat(engine.asked).hasSize(4);
        assertThat(engine.cancelled).isEqualTo(1);
    }

    @Test
    void stoppingDoesNotWaitForBackoffsAndPauses() {
        EngineHarness engine = new EngineHarness(4, 2, 9, (number, attempt) -> slowDown("retry-after", "600"));
        engine.loop.advance(Duration.ofSeconds(1));
        engine.engine.stop(Duration.ofSeconds(2));
        engine.loop.runDue();

        assertThat(engine.ending).isCompleted();
        assertThat(engine.responses).isEmpty();
    }

    @Test
    void failsWithTheCauseFoundOutside() {
        EngineHarness engine = new EngineHarness(4, 2, 9, (number, attempt) -> hang());
        engine.loop.runDue();
        engine.engine.fail(new IOException("disk full"));
        engine.loop.runDue();

        assertThat(engine.ending).isCompletedExceptionally();
        assertThat(engine.cancelled).isEqualTo(2);
    }
}
