package io.github.batchferry.runner.cost;

import io.github.batchferry.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What tokens cost, in US dollars per million.
 *
 * @param input tokens sent that no cache is concerned with
 * @param output tokens produced, reasoning included
 * @param cacheRead tokens sent that the vendor read from its cache; empty where they cost what others cost
 * @param cacheWrite tokens sent that the vendor wrote to its cache; empty where they cost what others cost
 */
record Rates(BigDecimal input, BigDecimal output, Optional<BigDecimal> cacheRead, Optional<BigDecimal> cacheWrite) {
    private static final int MILLION = 6;

    /** The exact price of a call in US dollars. */
    BigDecimal of(TokenUsage usage) {
        // should a vendor report more cached tokens than tokens, none is paid twice
        long fresh = Math.max(0, usage.input() - usage.cacheRead() - usage.cacheWrite());
        return times(fresh, input)
                .add(times(usage.cacheRead(), cacheRead.orElse(input)))
                .add(times(usage.cacheWrite(), cacheWrite.orElse(input)))
                .add(times(usage.output(), output))
                .movePointLeft(MILLION)
                .stripTrailingZeros();
    }

    private static BigDecimal times(long tokens, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
