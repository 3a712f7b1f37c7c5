package io.github.batchferry.mockvendor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which request meets which fault. Depends on nothing but the seed, the request and how often it was sent before, so that the
 * order in which requests arrive changes nothing.
 */
final class FaultPlan {
    private final Map<Fault, Double> rates;
    private final long seed;

    /** @param rates share of requests for each fault, together at most 1 */
    FaultPlan(Map<Fault, Double> rates, long seed) {
        this.rates = new EnumMap<>(Fault.class);
        this.rates.putAll(rates);
        this.seed = seed;
    }

    /** @param attempt how often the request was sent before */
    Optional<Fault> of(long key, int attempt) {
        if (rates.isEmpty()) {
            return Optional.empty();
        }
        double drawn = Hash.fraction(Hash.mix(seed ^ Hash.mix(key + attempt)));
        for (Map.Entry<Fault, Double> rate : rates.entrySet()) {
            drawn -= rate.getValue();
            if (drawn < 0) {
                return Optional.of(rate.getKey());
            }
        }
        return Optional.empty();
    }
}
