package io.github.batchferry.runner.cost;

import io.github.batchferry.runner.engine.Launching;
import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the cost of a batch within a bound. The rule: no attempt begins while what was spent, what is reserved for the
 * attempts under way and the reservation of this one together exceed the budget. What was spent is the cost of all responses,
 * those of earlier runs of the batch included; a success whose cost is not known counts as its reservation, and so does every
 * attempt to which no answer came, since vendors bill what they have done whether or not it arrives. A reservation is
 * an {@linkplain Estimate estimate}, so that what is spent at last can exceed the budget only by what the attempts under way
 * cost more than estimated.
 *
 * <p>Not thread-safe: it lives on the event loop.
 */
public final class Budget implements Launching {
    /** Code of responses to requests that were not sent because of the budget. */
    public static final String EXHAUSTED = "budget_exhausted";

    private static final int SHARE_DIGITS = 9;

    private final BigDecimal limit;
    private final Pricing pricing;
    private final Estimate estimate = new Estimate();
    private final Map<CustomId, BigDecimal> reservations = new HashMap<>();

    // Mutable state
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal reserved = BigDecimal.ZERO;

    /**
     * @param limit US dollars that may be spent
     * @param pricing knows the price of every model of the batch, see {@link BudgetCheck}
     */
    public Budget(BigDecimal limit, Pricing pricing) {
        this.limit = limit;
        this.pricing = pricing;
    }

    /** The share of one shard in the budget of its batch, to the billionth of a dollar and never too much. */
    public static BigDecimal share(BigDecimal budget, int shards) {
        return budget.divide(BigDecimal.valueOf(shards), SHARE_DIGITS, RoundingMode.DOWN);
    }

    /** Counts what earlier runs of the batch spent. */
    public void countEarlier(BigDecimal cost) {
        spent = spent.add(cost);
    }

    /** Counts a success of an earlier run whose cost is not known as its reservation. */
    public void countEarlier(VendorConfig vendor, RequestLine request) {
        spent = spent.add(need(vendor, request));
    }

    /** Counts a response before its attempt {@linkplain #ended ends}. */
    public void count(ResponseLine response) {
        response.usage().ifPresent(usage -> estimate.learn(response.model(), usage));
        spent = spent.add(response.costUsd()
                .orElseGet(() -> response.status() == ResponseStatus.SUCCEEDED
                        ? reservations.getOrDefault(response.customId(), BigDecimal.ZERO)
                        : BigDecimal.ZERO));
    }

    @Override
    public Leave ask(VendorConfig vendor, RequestLine request) {
        BigDecimal need = spent.add(need(vendor, request));
        if (need.compareTo(limit) > 0) {
            return Leave.NEVER;
        }
        return need.add(reserved).compareTo(limit) > 0 ? Leave.WAIT : Leave.GO;
    }

    @Override
    public void started(VendorConfig vendor, RequestLine request) {
        BigDecimal need = need(vendor, request);
        reservations.put(request.customId(), need);
        reserved = reserved.add(need);
    }

    @Override
    public void ended(RequestLine request, End end) {
        BigDecimal need = reservations.remove(request.customId());
        if (need != null) {
            reserved = reserved.subtract(need);
            spent = end == End.UNANSWERED ? spent.add(need) : spent;
        }
    }

    @Override
    public ResponseLine.Failure reason() {
        return new ResponseLine.Failure(
                EXHAUSTED,
                "not sent: $" + spent.stripTrailingZeros().toPlainString() + " of the budget of $"
                        + limit.stripTrailingZeros().toPlainString()
                        + " are spent, and the next request may cost more than the rest; raise --max-cost");
    }

    private BigDecimal need(VendorConfig vendor, RequestLine request) {
        TokenUsage usage = estimate.of(request);
        return pricing.price(vendor, request.model(), usage)
                .orElseThrow(() -> new IllegalStateException("no price of model " + request.model()));
    }
}
