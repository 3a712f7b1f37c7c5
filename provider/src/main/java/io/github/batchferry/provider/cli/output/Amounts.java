package io.github.batchferry.provider.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Amounts {
    private Amounts() {}

    /** A number with its noun, {@code 1 request} or {@code 10,000 requests}. */
    public static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    /** A number with a noun whose plural is irregular. */
    public static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** A number with thousands set apart. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A size, in the largest decimal unit that leaves at least one before the point. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return count(bytes, "byte");
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** A span of time in its two largest units, to a tenth below a minute. */
    public static String duration(Duration duration) {
        return duration.toSeconds() < 60
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3)
                : wholeSeconds(duration);
    }

    /** A span of time in its two largest units, never finer than a second. */
    public static String wholeSeconds(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
