package io.github.batchferry.runner.gate;

import java.time.Instant;
import java.util.Locale;

/**
 * A gate changed its mind.
 *
 * @param time when
 * @param gate which, as {@code vendor/model}
 * @param what what changed
 * @param before the old value; NaN if there was none
 * @param after the new value
 * @param reason for people
 */
public record GateChange(Instant time, String gate, What what, double before, double after, String reason) {
    /** What a gate can change. */
    public enum What {
        /** Calls under way at once. */
        WINDOW("calls at once"),
        /** Requests in a minute. */
        REQUEST_RATE("requests/min"),
        /** Tokens in a minute, of whatever kind. */
        TOKEN_RATE("tokens/min"),
        /** Share of the announced rate that is used. */
        SHARE("of the announced rate"),
        /** Seconds without a request. */
        PAUSE("s pause");

        private final String unit;

        What(String unit) {
            this.unit = unit;
        }
    }

    /** One line, such as {@code openai/gpt-4o: 600 → 300 requests/min (the vendor announced it)}. */
    @Override
    public String toString() {
        String old = Double.isNaN(before) ? "" : number(before) + " → ";
        return gate + ": " + old + number(after) + " " + what.unit + " (" + reason + ")";
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
