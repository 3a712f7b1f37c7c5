package io.github.batchferry.runner.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally(() -> LocalDate.of(2026, 7, 1));

    private static ResponseLine response(Optional<BigDecimal> cost, Optional<TokenUsage> usage, int attempts) {
        boolean sent = attempts > 0;
        return new ResponseLine(
                "batch_req_1",
                new CustomId("a"),
                Optional.empty(),
                sent ? Optional.empty() : Optional.of(new ResponseLine.Failure("budget_exhausted", "not sent")),
                sent ? ResponseStatus.SUCCEEDED : ResponseStatus.EXPIRED,
                Optional.empty(),
                usage,
                cost,
                1,
                attempts,
                "cloud",
                "m");
    }

    private static Optional<TokenUsage> usage(long input) {
        return Optional.of(new TokenUsage(input, 2, 1, 0, 0));
    }

    @Property(tries = 200)
    void theTotalIsTheSumOfTheLinesToTheLastDigit(
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 1_000_000_000_000L) Long> billionths) {
        Tally sum = new Tally();
        billionths.forEach(n -> sum.add(response(Optional.of(BigDecimal.valueOf(n, 9)), usage(1), 1)));

        long total = billionths.stream().mapToLong(Long::longValue).sum();
        assertThat(sum.costUsd())
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo(BigDecimal.valueOf(total, 9)));
    }

    @Test
    void whatWasNeverSentCostNothing() {
        tally.add(response(Optional.of(new BigDecimal("0.5")), usage(10), 1));
        tally.add(response(Optional.empty(), Optional.empty(), 0));

        assertThat(CostText.cost(tally)).isEqualTo("$0.5 (prices of 2026-07-01)");
        assertThat(CostText.tokens(tally)).isEqualTo("10 in (1 from the cache), 2 out");
    }

    @Test
    void oneUnknownPriceMakesTheTotalUnknownAndTheRestStaysKnown() {
        tally.add(response(Optional.of(new BigDecimal("10.00")), usage(10), 1));
        tally.add(response(Optional.empty(), Optional.empty(), 1));

        assertThat(tally.costUsd()).isEmpty();
        assertThat(tally.accounts().knownCostUsd()).hasToString("10");
        assertThat(CostText.cost(tally)).isEqualTo("unknown for 1 response, $10 for the others (prices of 2026-07-01)");
        assertThat(CostText.tokens(tally)).isEqualTo("10 in (1 from the cache), 2 out; unknown for 1 response");
    }

    @Test
    void whereNothingIsKnownNothingIsClaimed() {
        tally.add(response(Optional.empty(), Optional.empty(), 1));
        tally.add(response(Optional.empty(), Optional.empty(), 1));

        assertThat(CostText.cost(tally)).isEqualTo("unknown for 2 responses");
        assertThat(CostText.tokens(tally)).isEqualTo("unknown");
    }
}
