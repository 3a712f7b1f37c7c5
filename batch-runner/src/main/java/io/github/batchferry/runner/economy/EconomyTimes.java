package io.github.batchferry.runner.economy;

import java.time.Duration;

/**
 * The times economy mode keeps.
 *
 * @param firstLook from a submission to the first look at it
 * @param longestLook longest time between two looks
 * @param certain after which a vendor shows what it has: a submission that was not answered, and does not show so long after
 *     that was seen, was not taken
 * @param fullQueue how long a vendor that takes no more tokens is left alone
 * @param longest how long one job waits for vendors in all; what is not answered then is left to a later run
 */
public record EconomyTimes(
        Duration firstLook, Duration longestLook, Duration certain, Duration fullQueue, Duration longest) {
    /** From half a minute to five minutes between looks, and half an hour less than a job of GitHub may last. */
    public static EconomyTimes standard() {
        return new EconomyTimes(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(330));
    }

    /** The same times, but for how long one job waits in all. */
    public EconomyTimes withLongest(Duration other) {
        return new EconomyTimes(firstLook, longestLook, certain, fullQueue, other);
    }
}
