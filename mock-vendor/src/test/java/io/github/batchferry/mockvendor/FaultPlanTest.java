package io.github.batchferry.mockvendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final Map<Fault, Double> RATES = Map.of(Fault.RESET, 0.05, Fault.STALL, 0.1);

    @Test
    void theSeedDecides() {
        assertThat(drawn(new FaultPlan(RATES, 7))).isEqualTo(drawn(new FaultPlan(RATES, 7)));
        assertThat(drawn(new FaultPlan(RATES, 7))).isNotEqualTo(drawn(new FaultPlan(RATES, 8)));
    }

    @Test
    void eachFaultComesAsOftenAsItsRateSays() {
        FaultPlan plan = new FaultPlan(RATES, 1);
        long resets = IntStream.range(0, 100_000)
                .filter(key -> plan.of(key, 0).equals(Optional.of(Fault.RESET)))
                .count();

        assertThat(resets).isCloseTo(5000, within(300L));
    }

    @Test
    void anotherAttemptIsAnotherDraw() {
        FaultPlan plan = new FaultPlan(Map.of(Fault.RESET, 0.5), 1);

        assertThat(IntStream.range(0, 20).mapToObj(attempt -> plan.of(42, attempt)))
                .contains(Optional.empty(), Optional.of(Fault.RESET));
    }

    private static Object drawn(FaultPlan plan) {
        return IntStream.range(0, 200).mapToObj(key -> plan.of(key, 0)).toList();
    }
}
