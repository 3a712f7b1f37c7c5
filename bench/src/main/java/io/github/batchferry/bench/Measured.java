package io.github.batchferry.bench;

import java.util.List;

/**
 * What a process took.
 *
 * @param startedMicros when it was started, in microseconds since the epoch
 * @param wallNanos from its start to its end
 * @param cpuMillis user and system time of it and its children
 * @param peakRssKb the largest resident set of one of its processes, as the kernel kept it
 * @param rss its resident set over time
 * @param exit exit code; -1 if it was ended at the time limit
 */
record Measured(long startedMicros, long wallNanos, double cpuMillis, long peakRssKb, List<Sample> rss, int exit) {
    /**
     * One look at the memory.
     *
     * @param seconds since the start
     */
    record Sample(double seconds, long kb) {}
}
