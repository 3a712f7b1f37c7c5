package io.github.batchferry.runner.cost;

import io.github.batchferry.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.List;

/**
 * The price of a model, which may depend on how much is sent at once.
 *
 * @param usual rates of calls of usual size
 * @param tiers rates of larger calls, the smallest first
 */
record ModelPrice(Rates usual, List<Tier> tiers) {
    /**
     * Rates of large calls. They hold for the whole call, not only for what goes beyond.
     *
     * @param above tokens sent, cached ones included, beyond which they hold
     */
    record Tier(long above, Rates rates) {}

    ModelPrice {
        tiers = List.copyOf(tiers);
    }

    /** The exact price of a call in US dollars. */
    BigDecimal of(TokenUsage usage) {
        Rates rates = usual;
        for (Tier tier : tiers) {
            rates = usage.input() > tier.above() ? tier.rates() : rates;
        }
        return rates.of(usage);
    }
}
