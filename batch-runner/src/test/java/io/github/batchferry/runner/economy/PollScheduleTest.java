package io.github.batchferry.runner.economy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PollScheduleTest {
    @Property
    void looksComeLessOftenUpToABoundGiveOrTakeATenth(@ForAll long seed) {
        PollSchedule schedule = new PollSchedule(EconomyTimes.standard(), new Random(seed));

        for (double usual = 30_000; usual < 1_000_000; usual *= 1.5) {
            double expected = Math.min(usual, 300_000);
            assertThat(schedule.next())
                    .isBetween(
                            Duration.ofMillis((long) (expected * 0.9) - 1),
                            Duration.ofMillis((long) (expected * 1.1) + 1));
        }
    }
}
