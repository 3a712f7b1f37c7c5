package io.github.batchferry.runner.engine;

import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.math.BigDecimal;
import java.util.Optional;

/** What tokens cost. */
@FunctionalInterface
public interface Pricing {
    /** Knows no price. */
    Pricing NONE = (vendor, model, usage) -> Optional.empty();

    /**
     * The price of one call in US dollars; empty where it is not known, never zero for unknown.
     *
     * @param vendor who was asked
     * @param model the model that was asked for
     * @param usage what the vendor reported
     */
    Optional<BigDecimal> price(VendorConfig vendor, String model, TokenUsage usage);

    /** The same prices at a part of them, such as 0.5 for vendors' batch APIs. */
    default Pricing times(BigDecimal part) {
        return (vendor, model, usage) -> price(vendor, model, usage).map(part::multiply);
    }
}
