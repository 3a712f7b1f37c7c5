package io.github.batchferry.runner.vendor;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as vendors write them into headers and bodies. Texts of another form, and more than a month, count as absent. */
public final class HeaderDuration {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,12})?");
    private static final Pattern FORM = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,12})?(?:ms|us|µs|ns|d|h|m|s))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,12})?)(ms|us|µs|ns|d|h|m|s)");
    private static final Duration LONGEST = Duration.ofDays(31);

    private HeaderDuration() {}

    /** {@code 6m0s}, {@code 1h2m3.5s}, {@code 12ms}, or plain seconds such as {@code 59.7}. */
    public static Optional<Duration> parse(String text) {
        String form = text.strip();
        if (form.length() > 60) {
            return Optional.empty();
        }
        if (SECONDS.matcher(form).matches()) {
            return sane(nanos(form, "s"));
        }
        return FORM.matcher(form).matches() ? sane(sum(form)) : Optional.empty();
    }

    /** The time until a point in time of RFC 3339, such as {@code 2025-08-21T12:40:59Z}; none if that is over. */
    public static Optional<Duration> until(String text, Instant now) {
        try {
            Duration left =
                    Duration.between(now, OffsetDateTime.parse(text.strip()).toInstant());
            return left.isNegative() ? Optional.of(Duration.ZERO) : sane(left);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration sum(String form) {
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(form); part.find(); ) {
            sum = sum.plus(nanos(part.group(1), part.group(2)));
        }
        return sum;
    }

    private static Duration nanos(String number, String unit) {
        long unitNanos = switch (unit) {
            case "d" -> 86_400_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "ns" -> 1L;
            default -> 1_000L;
        };
        BigDecimal[] secondsAndNanos = new BigDecimal(number)
                .multiply(BigDecimal.valueOf(unitNanos))
                .divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
        return Duration.ofSeconds(secondsAndNanos[0].longValue(), secondsAndNanos[1].longValue());
    }

    private static Optional<Duration> sane(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
    }
}
