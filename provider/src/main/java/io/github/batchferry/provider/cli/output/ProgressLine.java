package io.github.batchferry.provider.cli.output;

import io.github.batchferry.wire.RunProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a batch is, in one line, such as {@code 1,200/10,000  38/s  ETA 4 min 10 s  $0.42}. The speed is that between the
 * last two words of the runner. Not thread-safe.
 */
final class ProgressLine {
    // Mutable state
    private Optional<RunProgress> before = Optional.empty();
    private Optional<RunProgress> last = Optional.empty();

    /** Takes a word of the runner. */
    void heard(RunProgress now) {
        boolean news = last.filter(
                        known -> known.updatedAt().equals(now.updatedAt()) && known.answered() == now.answered())
                .isEmpty();
        if (news) {
            before = last.filter(known -> known.runId() == now.runId() && known.runAttempt() == now.runAttempt());
            last = Optional.of(now);
        }
    }

    /** Forgets what a run that is over said. */
    void clear() {
        before = Optional.empty();
        last = Optional.empty();
    }

    /** Tenths of the requests that are answered. */
    int tenths() {
        return last.filter(now -> now.total() > 0)
                .map(now -> (int) (10 * now.answered() / now.total()))
                .orElse(0);
    }

    /** The line; empty before the first word. */
    Optional<String> text(Instant now) {
        return last.map(progress -> String.join("  ", parts(progress, now)));
    }

    private List<String> parts(RunProgress progress, Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add(Amounts.number(progress.answered()) + "/" + Amounts.number(progress.total()));
        rate(progress).ifPresent(parts::add);
        progress.estimatedEnd().map(end -> eta(Duration.between(now, end))).ifPresent(parts::add);
        progress.soFar().ifPresent(outcome -> {
            long failed = progress.answered() - outcome.succeeded();
            if (failed > 0) {
                parts.add(Amounts.number(failed) + " failed");
            }
            cost(outcome).ifPresent(parts::add);
        });
        return parts;
    }

    private Optional<String> rate(RunProgress progress) {
        long answered = progress.answered() - before.map(RunProgress::answered).orElse(0L);
        Instant from = before.map(RunProgress::updatedAt).orElse(progress.startedAt());
        long millis = Duration.between(from, progress.updatedAt()).toMillis();
        if (answered <= 0 || millis <= 0) {
            return Optional.empty();
        }
        double rate = answered * 1000.0 / millis;
        return Optional.of(
                rate >= 10 ? Amounts.number(Math.round(rate)) + "/s" : String.format(Locale.ROOT, "%.1f/s", rate));
    }

    private static String eta(Duration left) {
        return left.toSeconds() <= 0 ? "ETA any moment" : "ETA " + Amounts.wholeSeconds(left);
    }

    /** What is not known is never shown as nothing. */
    private static Optional<String> cost(RunProgress.SoFar outcome) {
        BigDecimal known = outcome.knownCostUsd();
        boolean unknown = outcome.costUnknown() > 0;
        if (known.signum() == 0 && !unknown) {
            return Optional.empty();
        }
        if (known.signum() == 0) {
            return Optional.of("cost unknown");
        }
        // cents, unless it is less than ten of them
        int decimals = known.compareTo(new BigDecimal("0.10")) < 0 ? 4 : 2;
        String amount = "$" + known.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
        return Optional.of(unknown ? "at least " + amount : amount);
    }
}
