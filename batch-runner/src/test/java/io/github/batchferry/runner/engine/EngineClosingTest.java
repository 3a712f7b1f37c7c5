package io.github.batchferry.runner.engine;

import static io.github.batchferry.runner.engine.EngineHarness.answer;
import static io.github.batchferry.runner.engine.EngineHarness.hang;
import static io.github.batchferry.runner.engine.EngineHarness.ok;
import static io.github.batchferry.runner.engine.EngineHarness.quotaExhausted;
import static io.github.batchferry.runner.engine.EngineHarness.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ends before everything was sent. */
class EngineClosingTest {
    private static final ResponseLine.Failure BUDGET = new ResponseLine.Failure("budget", "the budget is used up");

    @Test
    void aUsedUpQuotaEndsAllLanesOfTheVendorUnsentAndTakesWhatIsUnderWay() {
        EngineHarness engine = new EngineHarness(
                        1000,
                        2,
                        4,
                        3,
                        (number, attempt) -> number == 10
                                ? quotaExhausted()
                                : new EngineHarness.Act.Answer(
                                        200, Map.of(), "{}", Duration.ofMillis(number < 10 ? 200 : 900)))
                .runAll();

        assertThat(engine.responses).hasSize(1000);
        assertThat(engine.asked).hasSizeLessThan(20);
        assertThat(engine.asked)
                .allSatisfy(asked -> assertThat(engine.response(asked.number()).status() == ResponseStatus.SUCCEEDED)
                        .isEqualTo(asked.number() != 10));
        assertThat(engine.response(10).error())
                .contains(new ResponseLine.Failure("insufficient_quota", "no credit left"));
        ResponseLine unsent = engine.response(999);
        assertThat(unsent.attempts()).isZero();
        assertThat(unsent.status()).isEqualTo(ResponseStatus.ERRORED);
        assertThat(unsent.error())
                .contains(new ResponseLine.Failure(
                        "insufficient_quota",
                        "not sent: the quota of vendor `cloud` is used up (no credit left); add credit or raise the"
                                + " limit of its account, then ask again"));
        assertThat(engine.ending).isCompleted();
    }

    @Test
    void aUsedUpQuotaIsTheEndForRequestsThatWaitForAnotherAttempt() {
        EngineHarness engine = new EngineHarness(
                        2, 2, 3, (number, attempt) -> number == 0 ? answer(500, "{}") : quotaExhausted())
                .runAll();

        assertThat(engine.response(0).error())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo("insufficient_quota"));
        assertThat(engine.response(0).attempts()).isEqualTo(1);
        assertThat(engine.asked).hasSize(2);
    }

    @Test
    void expiringTakesWhatIsUnderWayAndAnswersTheRestWithTheReason() {
        EngineHarness engine = new EngineHarness(1000, 4, 3, (number, attempt) -> ok());
        engine.loop.advance(Duration.ofMillis(300));
        engine.engine.expireRest(BUDGET);
        engine.runAll();

        assertThat(engine.asked).hasSize(8);
        assertThat(engine.responses).hasSize(1000);
        assertThat(engine.responses.stream().filter(r -> r.status() == ResponseStatus.SUCCEEDED))
                .hasSize(8);
        assertThat(engine.responses.stream().filter(r -> r.status() == ResponseStatus.EXPIRED))
                .hasSize(992)
                .allSatisfy(r -> assertThat(r.error()).contains(BUDGET))
                .allSatisfy(r -> assertThat(r.attempts()).isZero());
        assertThat(engine.ending).isCompleted();
    }

    @Test
    void expiringDoesNotWaitForPausesAndBackoffs() {
        EngineHarness engine = new EngineHarness(
                3, 3, 9, (number, attempt) -> number == 0 ? slowDown("retry-after", "600") : answer(503, "{}"));
        engine.loop.advance(Duration.ofMillis(200));
        engine.engine.expireRest(BUDGET);
        engine.loop.runDue();

        assertThat(engine.ending).isCompleted();
        assertThat(engine.responses).hasSize(3).allSatisfy(r -> {
            assertThat(r.status()).isEqualTo(ResponseStatus.EXPIRED);
            assertThat(r.attempts()).isEqualTo(1);
        });
    }

    @Test
    void expiringManyLetsTheLoopDoOtherThingsInBetween() {
        EngineHarness engine = new EngineHarness(1000, 1, 3, (number, attempt) -> hang());
        engine.loop.runDue();
        engine.engine.expireRest(BUDGET);
        int[] seen = new int[1];
        engine.loop.execute(() -> seen[0] = engine.responses.size());
        engine.loop.runDue();

        assertThat(seen[0]).isBetween(1, 500);
        assertThat(engine.responses).hasSize(999);
        assertThat(engine.ending).isNotDone();
    }

    @Test
    void theFirstReasonCounts() {
        EngineHarness engine = new EngineHarness(300, 1, 3, (number, attempt) -> ok());
        engine.engine.expireRest(BUDGET);
        engine.engine.expireRest(new ResponseLine.Failure("later", "too late"));
        engine.runAll();

        assertThat(engine.responses.stream().filter(r -> r.status() == ResponseStatus.EXPIRED))
                .allSatisfy(r -> assertThat(r.error()).contains(BUDGET));
    }

    @Test
    void drainingTakesWhatIsUnderWayAndLeavesTheRestUnanswered() {
        EngineHarness engine = new EngineHarness(
                100,
                4,
                3,
                (number, attempt) -> new EngineHarness.Act.Answer(200, Map.of(), "{}", Duration.ofSeconds(50)));
        engine.loop.advance(Duration.ofSeconds(1));
        engine.engine.drain();
        engine.runAll();

        assertThat(engine.responses).hasSize(4);
        assertThat(engine.cancelled).isZero();
        assertThat(engine.ending).isCompleted();
    }
}
