package io.github.batchferry.runner.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final Instant JOB = Instant.parse("2026-01-15T09:30:00Z");
    private static final Instant PROGRAM = JOB.plusSeconds(20);
    private static final Optional<Duration> AFTER = Optional.of(Duration.ofMinutes(330));

    @Test
    void countsFromTheStartOfTheJob() {
        assertThat(new Deadline(AFTER, Optional.of(JOB)).left(PROGRAM, PROGRAM.plusSeconds(10)))
                .contains(Duration.ofMinutes(330).minusSeconds(30));
    }

    @Test
    void countsFromTheStartOfTheProgramWhereTheJobsIsNotKnown() {
        assertThat(new Deadline(AFTER, Optional.empty()).left(PROGRAM, PROGRAM.plusSeconds(10)))
                .contains(Duration.ofMinutes(330).minusSeconds(10));
    }

    @Test
    void isNowWhenItHasPassed() {
        assertThat(new Deadline(AFTER, Optional.of(JOB)).left(PROGRAM, JOB.plus(Duration.ofHours(6))))
                .contains(Duration.ZERO);
    }

    @Test
    void thereNeedBeNone() {
        assertThat(Deadline.NONE.left(PROGRAM, PROGRAM)).isEmpty();
    }
}
