package io.github.batchferry.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Name of a batch: {@code yyyymmdd-hhmmss-xxxxxx}, the UTC time of its making and six base32 characters, such as
 * {@code 20260115-093000-k3p7qa}. Sorts by time and is safe in a branch name, a path and a shell word.
 *
 * @param value the text form
 */
public record BatchId(String value) implements Comparable<BatchId> {
    private static final Pattern FORM = Pattern.compile("([0-9]{8}-[0-9]{6})-[a-z2-7]{6}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    /** @throws InvalidValueException if the text is not a batch id */
    public BatchId {
        var form = FORM.matcher(value);
        if (!form.matches() || !isTime(form.group(1))) {
            throw new InvalidValueException(
                    "batch id", value, "the form yyyymmdd-hhmmss-xxxxxx, as `ferry list` shows it");
        }
    }

    /** Makes a new id from the time (UTC, to the second) and thirty random bits. */
    public static BatchId create(Instant now, RandomGenerator random) {
        StringBuilder id = new StringBuilder(TIME.format(now.atOffset(ZoneOffset.UTC))).append('-');
        for (int i = 0; i < 6; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return new BatchId(id.toString());
    }

    /** When it was made, to the second. */
    public Instant time() {
        return LocalDateTime.parse(value.substring(0, "yyyymmdd-hhmmss".length()), TIME)
                .toInstant(ZoneOffset.UTC);
    }

    @Override
    public int compareTo(BatchId other) {
        return value.compareTo(other.value);
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }

    private static boolean isTime(String text) {
        try {
            LocalDateTime.parse(text, TIME);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
