package io.github.batchferry.runner.vendor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a vendor wants to be asked again. */
public sealed interface RetryHint {
    /** After a time, counted from the answer. */
    record In(Duration delay) implements RetryHint {}

    /** At a point in time. */
    record At(Instant time) implements RetryHint {}

    /** Nobody waits longer, and it can be counted in nanoseconds. */
    Duration LONGEST = Duration.ofDays(365);

    /** The time to wait from now: not negative, and a year at most. */
    default Duration from(Instant now) {
        Duration delay = this instanceof At at ? Duration.between(now, at.time()) : ((In) this).delay();
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    /**
     * Reads {@code retry-after-ms}, else {@code Retry-After} in either of its forms: seconds (a fraction is accepted) or an
     * HTTP date (RFC 9110, section 10.2.3). Values that make no sense count as absent.
     */
    static Optional<RetryHint> of(VendorAnswer answer) {
        Optional<RetryHint> milliseconds = answer.header("retry-after-ms").flatMap(text -> delay(text, 1));
        return milliseconds.or(() -> answer.header("retry-after").flatMap(RetryHint::secondsOrDate));
    }

    private static Optional<RetryHint> secondsOrDate(String text) {
        return delay(text, 1000).or(() -> date(text));
    }

    private static Optional<RetryHint> delay(String text, int unitMillis) {
        try {
            double millis = Double.parseDouble(text.strip()) * unitMillis;
            // NaN fails the comparison, too
            return millis >= 0 && millis < Integer.MAX_VALUE * 1000.0
                    ? Optional.of(new In(Duration.ofMillis((long) Math.ceil(millis))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<RetryHint> date(String text) {
        try {
            return Optional.of(new At(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
