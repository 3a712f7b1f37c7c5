package io.github.batchferry.runner.tally;

import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.ResponseStatus;
import java.time.Duration;
import java.util.Locale;

/** The Markdown that GitHub shows with the run. A few kilobytes; GitHub refuses pages of more than 1 MiB. */
public final class SummaryPage {
    private static final int SHOWN = 200;

    private SummaryPage() {}

    /**
     * Writes the page.
     *
     * @param requests number of all requests of the batch
     * @param duration time of this attempt
     */
    public static String of(BatchId batch, long requests, Tally tally, Duration duration) {
        StringBuilder page = new StringBuilder();
        page.append("### Batch `").append(batch).append("`\n\n");
        page.append("| | |\n|---|---|\n");
        row(page, "answered", tally.total() + " of " + requests);
        for (ResponseStatus status : ResponseStatus.values()) {
            row(page, status.toString(), Long.toString(tally.counts().getOrDefault(status, 0L)));
        }
        row(page, "tokens", CostText.tokens(tally));
        row(page, "cost", CostText.cost(tally));
        row(page, "duration", words(duration));
        failures(page, tally);
        return page.append('\n').toString();
    }

    private static void failures(StringBuilder page, Tally tally) {
        if (tally.failures().isEmpty()) {
            return;
        }
        page.append("\nFirst ").append(tally.failures().size()).append(" of ").append(tally.failed());
        page.append(" without success:\n\n| request | error |\n|---|---|\n");
        for (Tally.Failed failed : tally.failures()) {
            row(page, escaped(failed.customId()), escaped(failed.error()));
        }
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String words(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(1)) < 0
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** Text as Markdown that shows it and does nothing else: no markup, no HTML, no mention, no second table cell. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                safe.append(' ');
            } else if (c < 128 && !Character.isLetterOrDigit(c) && c != ' ') {
                safe.append("&#").append(c).append(';');
            } else {
                safe.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > SHOWN ? safe.append('…').toString() : safe.toString();
    }
}
