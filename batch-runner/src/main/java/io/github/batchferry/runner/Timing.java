package io.github.batchferry.runner;

import io.github.batchferry.runner.economy.EconomyTimes;
import io.github.batchferry.runner.publish.Pace;
import java.time.Duration;

/**
 * The times this program keeps.
 *
 * @param checkpoint how often responses are pushed
 * @param progress between two lines of progress
 * @param patience how long a vendor may reject everything before its requests are given up
 * @param pauseGrace how long answers under way are waited for, at most, at the soft deadline
 * @param stopGrace how long answers under way are waited for when the job is cancelled
 * @param stopPush how long the last push may take then
 * @param finalPushes tries of the last push of a whole batch
 * @param economy the times of economy mode
 */
public record Timing(
        Pace checkpoint,
        Duration progress,
        Duration patience,
        Duration pauseGrace,
        Duration stopGrace,
        Duration stopPush,
        int finalPushes,
        EconomyTimes economy) {
    /** With the usual times of economy mode. */
    public Timing(
            Pace checkpoint,
            Duration progress,
            Duration patience,
            Duration pauseGrace,
            Duration stopGrace,
            Duration stopPush,
            int finalPushes) {
        this(checkpoint, progress, patience, pauseGrace, stopGrace, stopPush, finalPushes, EconomyTimes.standard());
    }

    /** The same, with other times of economy mode. */
    public Timing withEconomy(EconomyTimes other) {
        return new Timing(checkpoint, progress, patience, pauseGrace, stopGrace, stopPush, finalPushes, other);
    }

    /**
     * What GitHub's limits suggest: a few pushes a minute at most, and ten seconds between the first signal of a
     * cancellation and the kill. Answers that are waited for at the soft deadline are paid for whether or not they are taken:
     * of the twenty minutes that the workflow leaves, pushing keeps eight.
     */
    public static Timing standard() {
        return new Timing(
                new Pace(Duration.ofSeconds(30), 5_000, Duration.ofSeconds(10)),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                Duration.ofMinutes(12),
                Duration.ofMillis(1500),
                Duration.ofSeconds(6),
                8);
    }
}
