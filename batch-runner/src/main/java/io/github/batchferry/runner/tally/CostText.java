package io.github.batchferry.runner.tally;

import io.github.batchferry.wire.Accounts;
import io.github.batchferry.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens and cost in words that never show unknown as nothing. */
public final class CostText {
    private CostText() {}

    /** Such as {@code 1200 in (800 cached), 340 out (200 reasoning)}. */
    public static String tokens(Tally tally) {
        TokenUsage usage = tally.usage();
        long unknown = tally.accounts().usageUnknown();
        if (unknown > 0 && usage.equals(TokenUsage.NONE)) {
            return "unknown";
        }
        String words = usage.input() + " in" + cached(usage) + ", " + usage.output() + " out"
                + (usage.reasoning() > 0 ? " (" + usage.reasoning() + " reasoning)" : "");
        return unknown == 0 ? words : words + "; unknown for " + responses(unknown);
    }

    /** Such as {@code $1.25 (prices of 2026-07-01)}. */
    public static String cost(Tally tally) {
        Accounts accounts = tally.accounts();
        Optional<BigDecimal> cost = tally.costUsd();
        String prices =
                accounts.pricesDate().map(day -> " (prices of " + day + ")").orElse("");
        if (cost.isPresent()) {
            return dollars(cost.get()) + prices;
        }
        String unknown = "unknown for " + responses(accounts.costUnknown());
        return accounts.knownCostUsd().signum() == 0
                ? unknown
                : unknown + ", " + dollars(accounts.knownCostUsd()) + " for the others" + prices;
    }

    private static String cached(TokenUsage usage) {
        List<String> parts = new ArrayList<>();
        if (usage.cacheRead() > 0) {
            parts.add(usage.cacheRead() + " from the cache");
        }
        if (usage.cacheWrite() > 0) {
            parts.add(usage.cacheWrite() + " to the cache");
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static String responses(long number) {
        return number + (number == 1 ? " response" : " responses");
    }

    private static String dollars(BigDecimal amount) {
        return "$" + amount.stripTrailingZeros().toPlainString();
    }
}
