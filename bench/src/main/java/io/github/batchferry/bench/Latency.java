package io.github.batchferry.bench;

import java.util.Random;

/**
 * How long a vendor takes to answer: lognormally distributed.
 *
 * @param median in seconds
 * @param sigma of the logarithm; 0 for a constant time
 */
record Latency(double median, double sigma) {
    private static final int TRIALS = 2000;

    /** Mean of the distribution in seconds. */
    double mean() {
        return median * Math.exp(sigma * sigma / 2);
    }

    /**
     * Expected seconds from the last request to the last answer, when requests were sent at a steady rate before: the mean of
     * {@code max(L0, L1 - 1/rate, L2 - 2/rate, ...)} over many trials, with the same random numbers every time.
     *
     * @param rate requests per second
     */
    double tail(double rate) {
        Random random = new Random(1);
        double sum = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double last = 0;
            for (int before = 0; before / rate < 10 * mean(); before++) {
                last = Math.max(last, median * Math.exp(sigma * random.nextGaussian()) - before / rate);
            }
            sum += last;
        }
        return sum / TRIALS;
    }
}
