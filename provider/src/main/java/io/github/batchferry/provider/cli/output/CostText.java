package io.github.batchferry.provider.cli.output;

import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.wire.Accounts;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.Optional;

/** Tokens and cost in words that never show unknown as nothing. */
final class CostText {
    private static final String UNKNOWN = "unknown";

    private CostText() {}

    /** Such as {@code 1,200 in (800 cached), 340 out (200 reasoning)}. */
    static String tokens(CollectedBatch collected) {
        long unknown = accounts(collected).usageUnknown();
        if (!known(collected)) {
            return UNKNOWN;
        }
        TokenUsage usage = collected.usage();
        String words = Amounts.number(usage.input()) + " in" + part(usage.cacheRead(), "cached") + ", "
                + Amounts.number(usage.output()) + " out" + part(usage.reasoning(), "reasoning");
        return unknown == 0 ? words : words + "; " + UNKNOWN + " for " + Amounts.count(unknown, "response");
    }

    /** Such as {@code $1.25}; empty while there is no summary. */
    static Optional<String> cost(CollectedBatch collected) {
        return collected.summary().map(CostText::cost);
    }

    /** Whether any response told its tokens. */
    static boolean known(CollectedBatch collected) {
        boolean told = collected.summary().isPresent() && accounts(collected).usageUnknown() == 0;
        return told || !collected.usage().equals(TokenUsage.NONE);
    }

    private static String cost(BatchSummary summary) {
        Accounts accounts = summary.accounts();
        if (summary.costUsd().isPresent()) {
            return dollars(summary.costUsd().get());
        }
        if (accounts.costUnknown() == 0) {
            return UNKNOWN;
        }
        String unknown = UNKNOWN + " for " + Amounts.count(accounts.costUnknown(), "response");
        return accounts.knownCostUsd().signum() == 0 ? unknown : dollars(accounts.knownCostUsd()) + ", " + unknown;
    }

    private static Accounts accounts(CollectedBatch collected) {
        return collected.summary().map(BatchSummary::accounts).orElse(Accounts.NONE);
    }

    private static String part(long tokens, String name) {
        return tokens > 0 ? " (" + Amounts.number(tokens) + " " + name + ")" : "";
    }

    private static String dollars(BigDecimal amount) {
        return "$" + amount.stripTrailingZeros().toPlainString();
    }
}
