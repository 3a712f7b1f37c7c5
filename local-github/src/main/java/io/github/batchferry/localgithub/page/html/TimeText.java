package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people say them, with the exact ones behind. */
public final class TimeText {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'on' d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private TimeText() {}

    /** How long ago something was. */
    public static Html ago(Instant then, Instant now) {
        return tag(
                "time",
                attr("datetime", then.truncatedTo(ChronoUnit.SECONDS).toString()),
                attr("title", EXACT.format(then)),
                text(words(then, now)));
    }

    private static String words(Instant then, Instant now) {
        long seconds = Duration.between(then, now).toSeconds();
        if (seconds < 10) {
            return "just now";
        }
        if (seconds < 60) {
            return seconds + " seconds ago";
        }
        if (seconds < 3600) {
            return count(seconds / 60, "minute") + " ago";
        }
        if (seconds < 86_400) {
            return count(seconds / 3600, "hour") + " ago";
        }
        return seconds < 30 * 86_400 ? count(seconds / 86_400, "day") + " ago" : DAY.format(then);
    }

    /** A number of things, in English. */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** How long something took, such as {@code 1m 5s}. */
    public static String duration(Instant from, Instant to) {
        long seconds = Math.max(0, Duration.between(from, to).toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600
                ? seconds / 60 + "m " + seconds % 60 + "s"
                : seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
    }

    /** A number of bytes, such as {@code 1.5 MB}. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return count(bytes, "byte");
        }
        double value = bytes;
        String[] units = {"KB", "MB", "GB", "TB"};
        int unit = -1;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }
}
