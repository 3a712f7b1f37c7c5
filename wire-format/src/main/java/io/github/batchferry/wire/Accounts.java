package io.github.batchferry.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is known of tokens and cost where not all is known.
 *
 * @param knownCostUsd price in US dollars of the responses whose price is known
 * @param costUnknown number of responses that were asked for and whose price is not known
 * @param usageUnknown number of responses that succeeded without a word on tokens
 * @param pricesDate day of the prices that the program was built with; empty in summaries of older runners
 */
public record Accounts(BigDecimal knownCostUsd, long costUnknown, long usageUnknown, Optional<LocalDate> pricesDate) {
    /** Nothing is known to be unknown. */
    public static final Accounts NONE = new Accounts(BigDecimal.ZERO, 0, 0, Optional.empty());

    public Accounts {
        BigDecimal shortest = knownCostUsd.stripTrailingZeros();
        knownCostUsd = shortest.setScale(Math.max(0, shortest.scale()));
    }

    void addTo(ObjectNode json) {
        json.put("cost_known_usd", knownCostUsd);
        json.put("cost_unknown", costUnknown);
        json.put("usage_unknown", usageUnknown);
        json.put("prices_date", pricesDate.map(LocalDate::toString).orElse(null));
    }

    /** Reads the keys of a summary; older ones have none of them. */
    static Accounts of(JsonNode json) {
        return new Accounts(
                json.path("cost_known_usd").decimalValue(),
                json.path("cost_unknown").asLong(),
                json.path("usage_unknown").asLong(),
                Optional.of(json.path("prices_date"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .map(LocalDate::parse));
    }
}
