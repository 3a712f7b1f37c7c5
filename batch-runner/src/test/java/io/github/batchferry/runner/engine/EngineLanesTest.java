package io.github.batchferry.runner.engine;

import static io.github.batchferry.runner.engine.EngineHarness.answer;
import static io.github.batchferry.runner.engine.EngineHarness.ok;
import static io.github.batchferry.runner.engine.EngineHarness.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two models of one vendor: even numbers go to one lane, odd ones to the other. */
class EngineLanesTest {
    @Test
    void lanesShareTheCallsAtOnceAndNoneStarves() {
        EngineHarness engine = new EngineHarness(200, 2, 4, 1, (number, attempt) -> ok()).runAll();

        assertThat(engine.mostUnderWay).isEqualTo(4);
        assertThat(engine.responses).hasSize(200);
        long odd = engine.asked.subList(0, 100).stream()
                .filter(asked -> asked.number() % 2 == 1)
                .count();
        assertThat(odd).isBetween(30L, 70L);
    }

    @Test
    void aPauseOfOneModelDoesNotParkTheOther() {
        EngineHarness engine = new EngineHarness(
                        40,
                        2,
                        4,
                        1,
                        (number, attempt) -> number == 0 && attempt == 1 ? slowDown("retry-after", "60") : ok())
                .runAll();

        assertThat(engine.asked.stream().filter(asked -> asked.number() % 2 == 1))
                .hasSize(20)
                .allSatisfy(asked -> assertThat(engine.sinceStart(asked)).isLessThan(Duration.ofSeconds(5)));
        assertThat(engine.asked.stream().filter(asked -> asked.number() > 10 && asked.number() % 2 == 0))
                .allSatisfy(asked -> assertThat(engine.sinceStart(asked)).isGreaterThan(Duration.ofSeconds(60)));
    }

    @Test
    void anOverloadedVendorIsLeftAloneForAMoment() {
        EngineHarness engine = new EngineHarness(
                        8, 1, 4, 3, (number, attempt) -> number == 0 && attempt == 1 ? answer(529, "{}") : ok())
                .runAll();

        assertThat(engine.asked.subList(4, 9))
                .allSatisfy(
                        asked -> assertThat(engine.sinceStart(asked)).isGreaterThanOrEqualTo(Duration.ofMillis(700)));
        assertThat(engine.response(0).attempts()).isEqualTo(2);
    }
}
