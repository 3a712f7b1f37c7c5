package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * A span of time in the words of GitHub's search: a date or a time of ISO 8601, with {@code >}, {@code >=}, {@code <} or
 * {@code <=} in front, or two of them with {@code ..} between, where {@code *} leaves a side open.
 *
 * @param from the first moment in it
 * @param to the first moment after it
 */
record CreatedRange(Instant from, Instant to) {
    /** A date, which is a day long, or a time, which is a second long. */
    private record Point(Instant from, Instant to) {
        static Point of(String text) throws ApiException {
            try {
                boolean time = text.contains("T");
                Instant start = time
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                return new Point(start, start.plus(time ? Duration.ofSeconds(1) : Duration.ofDays(1)));
            } catch (DateTimeParseException e) {
                throw ApiException.unprocessable(
                        "cannot read `" + text + "` in `created`: expected a date or a time of ISO 8601");
            }
        }
    }

    static CreatedRange parse(String expression) throws ApiException {
        int dots = expression.indexOf("..");
        if (dots >= 0) {
            String first = expression.substring(0, dots);
            String last = expression.substring(dots + 2);
            return new CreatedRange(
                    first.equals("*") ? Instant.MIN : Point.of(first).from,
                    last.equals("*") ? Instant.MAX : Point.of(last).to);
        }
        String operator = expression.replaceFirst("(?s)^([<>]?=?).*$", "$1");
        Point point = Point.of(expression.substring(operator.length()));
        return switch (operator) {
            case ">" -> new CreatedRange(point.to, Instant.MAX);
            case ">=" -> new CreatedRange(point.from, Instant.MAX);
            case "<" -> new CreatedRange(Instant.MIN, point.from);
            case "<=" -> new CreatedRange(Instant.MIN, point.to);
            default -> new CreatedRange(point.from, point.to);
        };
    }

    boolean contains(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
