package io.github.batchferry.mockvendor;

import java.time.Duration;

/** How long the vendor thinks about a request. */
public sealed interface Latency {
    /** @param draw a number for this request, always the same one */
    long nanos(long draw);

    /** Always the same. */
    record Fixed(Duration time) implements Latency {
        @Override
        public long nanos(long draw) {
            return time.toNanos();
        }
    }

    /**
     * What the length of answers makes of it: a log-normal distribution.
     *
     * @param median half of the requests take longer
     * @param sigma standard deviation of the logarithm
     * @param seed another one, other latencies
     */
    record LogNormal(Duration median, double sigma, long seed) implements Latency {
        @Override
        public long nanos(long draw) {
            // Box-Muller; 1 - u is never 0
            double u = Hash.fraction(Hash.mix(seed ^ draw));
            double v = Hash.fraction(Hash.mix(seed ^ ~draw));
            double gauss = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
            return (long) (median.toNanos() * Math.exp(sigma * gauss));
        }
    }
}
