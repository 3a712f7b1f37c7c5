package io.github.batchferry.mockvendor;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the vendor behaves. Begin with {@link #standard()}.
 *
 * @param port 0 for any free one
 * @param latency from the last byte of a request to the first of its answer; rejections and faults do not wait
 * @param limits what is rejected with a 429
 * @param concurrencyCap requests in work at once, above which a 429 without a hint follows; 0 for no cap; never announced
 * @param faults share of requests for each fault, together at most 1
 * @param seed another one, other faults
 * @param prices for the ledger
 * @param keyField top-level text field of the body that tells requests apart, such as {@code user}; empty for the whole body
 * @param answerWords words of an answer's text
 */
public record MockOptions(
        int port,
        Latency latency,
        RateLimits limits,
        int concurrencyCap,
        Map<Fault, Double> faults,
        long seed,
        Prices prices,
        String keyField,
        int answerWords) {
    public MockOptions {
        faults = Map.copyOf(faults);
        double sum = faults.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1 + 1e-9) {
            throw new IllegalArgumentException("the rates of all faults together exceed 1: " + sum);
        }
    }

    /** Answers at once with twenty words, rejects nothing, breaks nothing. */
    public static MockOptions standard() {
        return new MockOptions(
                0, new Latency.Fixed(Duration.ZERO), RateLimits.NONE, 0, Map.of(), 1, Prices.SMALL_MODEL, "", 20);
    }

    public MockOptions withPort(int value) {
        return new MockOptions(value, latency, limits, concurrencyCap, faults, seed, prices, keyField, answerWords);
    }

    public MockOptions withLatency(Duration value) {
        return withLatency(new Latency.Fixed(value));
    }

    public MockOptions withLatency(Latency value) {
        return new MockOptions(port, value, limits, concurrencyCap, faults, seed, prices, keyField, answerWords);
    }

    public MockOptions withLimits(RateLimits value) {
        return new MockOptions(port, latency, value, concurrencyCap, faults, seed, prices, keyField, answerWords);
    }

    public MockOptions withConcurrencyCap(int value) {
        return new MockOptions(port, latency, limits, value, faults, seed, prices, keyField, answerWords);
    }

    public MockOptions withSeed(long value) {
        return new MockOptions(port, latency, limits, concurrencyCap, faults, value, prices, keyField, answerWords);
    }

    public MockOptions withPrices(Prices value) {
        return new MockOptions(port, latency, limits, concurrencyCap, faults, seed, value, keyField, answerWords);
    }

    public MockOptions withKeyField(String value) {
        return new MockOptions(port, latency, limits, concurrencyCap, faults, seed, prices, value, answerWords);
    }

    public MockOptions withAnswerWords(int value) {
        return new MockOptions(port, latency, limits, concurrencyCap, faults, seed, prices, keyField, value);
    }

    /** Adds a fault, or changes its rate. */
    public MockOptions withFault(Fault fault, double rate) {
        Map<Fault, Double> all = new EnumMap<>(Fault.class);
        all.putAll(faults);
        all.put(fault, rate);
        return withFaults(all);
    }

    /** Gives every fault the same rate. */
    public MockOptions withEveryFault(double rate) {
        Map<Fault, Double> all = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            all.put(fault, rate);
        }
        return withFaults(all);
    }

    private MockOptions withFaults(Map<Fault, Double> all) {
        return new MockOptions(port, latency, limits, concurrencyCap, all, seed, prices, keyField, answerWords);
    }
}
