package io.github.batchferry.runner.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The soft deadline of a job: below the limit at which GitHub ends it, so that it can end in order.
 *
 * @param after how long after the job's start; empty for no deadline
 * @param jobStarted when the job began; empty if the workflow does not say
 */
public record Deadline(Optional<Duration> after, Optional<Instant> jobStarted) {
    /** No deadline. */
    public static final Deadline NONE = new Deadline(Optional.empty(), Optional.empty());

    /**
     * How long requests may still be sent; empty for as long as it takes.
     *
     * @param started when this program began, for where the job's start is not known
     * @return not negative
     */
    public Optional<Duration> left(Instant started, Instant now) {
        return after.map(limit ->
                        Duration.between(now, jobStarted.orElse(started).plus(limit)))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }
}
