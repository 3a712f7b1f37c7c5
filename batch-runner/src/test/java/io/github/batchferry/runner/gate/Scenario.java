package io.github.batchferry.runner.gate;

import io.github.batchferry.wire.vendors.VendorLimits;
import java.util.function.Consumer;

/** A vendor and a batch for {@link Simulation}. Rates are per second, times in seconds. What changes one gives a new one. */
final class Scenario implements Cloneable {
    static final double UNLIMITED = 1e12;
    static final int INPUT_TOKENS = 25;
    static final int MOST_TOKENS = 1000;

    private int count;
    private VendorLimits limits;
    private double latency = 2;
    private double spread = 0.5;
    private double requestsPerSecond = UNLIMITED;
    private double tokensPerSecond = UNLIMITED;
    private double bucketSeconds = 60;
    private int concurrencyCap = Integer.MAX_VALUE;
    private boolean headers;
    private boolean resets = true;
    private double remainingScale = 1;
    private boolean retryAfter = true;
    private double halvedAfter = UNLIMITED;
    private boolean announcesHalving;
    private double faults;

    private Scenario(int count, VendorLimits limits) {
        this.count = count;
        this.limits = limits;
    }

    /** No limits at all; answers after two seconds, more or less. */
    static Scenario of(int count, int maxConcurrency) {
        return new Scenario(count, VendorLimits.concurrency(maxConcurrency));
    }

    private Scenario with(Consumer<Scenario> change) {
        try {
            Scenario changed = (Scenario) clone();
            change.accept(changed);
            return changed;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    Scenario latency(double median, double sigma) {
        return with(s -> {
            s.latency = median;
            s.spread = sigma;
        });
    }

    Scenario rate(double requests, double seconds) {
        return with(s -> {
            s.requestsPerSecond = requests;
            s.bucketSeconds = seconds;
            s.headers = true;
        });
    }

    Scenario tokenRate(double tokens) {
        return with(s -> s.tokensPerSecond = tokens);
    }

    Scenario withoutHeaders() {
        return with(s -> s.headers = false);
    }

    Scenario withoutResets() {
        return with(s -> s.resets = false);
    }

    /** Reports what is left as if the bucket held a minute's worth. */
    Scenario remainingOfAMinute() {
        return with(s -> s.remainingScale = 60 / s.bucketSeconds);
    }

    Scenario withoutRetryAfter() {
        return with(s -> s.retryAfter = false);
    }

    Scenario halvedAfter(double seconds, boolean announced) {
        return with(s -> {
            s.halvedAfter = seconds;
            s.announcesHalving = announced;
        });
    }

    Scenario concurrencyCap(int cap) {
        return with(s -> s.concurrencyCap = cap);
    }

    Scenario limits(VendorLimits other) {
        return with(s -> s.limits = other);
    }

    /**
     * So many of all calls are answered by a 429, as many by a 529, as many by a 503, and twice as many by nothing for five
     * seconds; all at random and without a hint.
     */
    Scenario faults(double share) {
        return with(s -> s.faults = share);
    }

    int count() {
        return count;
    }

    VendorLimits limits() {
        return limits;
    }

    double latency() {
        return latency;
    }

    double spread() {
        return spread;
    }

    double requestsPerSecond() {
        return requestsPerSecond;
    }

    double tokensPerSecond() {
        return tokensPerSecond;
    }

    double bucketSeconds() {
        return bucketSeconds;
    }

    int concurrencyCap() {
        return concurrencyCap;
    }

    boolean headers() {
        return headers;
    }

    boolean resets() {
        return resets;
    }

    double remainingScale() {
        return remainingScale;
    }

    boolean retryAfter() {
        return retryAfter;
    }

    double halvedAfter() {
        return halvedAfter;
    }

    boolean announcesHalving() {
        return announcesHalving;
    }

    double faults() {
        return faults;
    }

    /** For how long the calls of one request are under way, all in all. */
    double secondsPerResponse() {
        double good = 1 - SimulatedVendor.FAULTS * faults;
        double stalled = 2 * faults * SimulatedVendor.STALL.toMillis() / 1e3;
        return meanLatency() + stalled / good;
    }

    private double meanLatency() {
        return 2 * SimulatedVendor.ONE_WAY.toMillis() / 1e3 + latency * Math.exp(spread * spread / 2);
    }
}
