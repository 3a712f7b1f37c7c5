package io.github.batchferry.wire;

import java.util.Locale;

/**
 * One of the jobs among which the requests of a batch are divided. A request belongs to the shard whose number is the
 * remainder of its own number (from 0, in the order of the requests) divided by the count of shards: to exactly one,
 * whoever asks, and neighbours in the file, which tend to be alike, spread evenly.
 *
 * @param number from 0
 * @param count how many shards there are, 1 to {@value BatchOptions#MAX_SHARDS}
 */
public record Shard(int number, int count) {
    /** The only shard of a batch that is not divided. */
    public static final Shard WHOLE = new Shard(0, 1);

    /** @throws InvalidValueException if there is no such shard */
    public Shard {
        if (count < 1 || count > BatchOptions.MAX_SHARDS) {
            throw new InvalidValueException(
                    "count of shards", Integer.toString(count), "a number from 1 to " + BatchOptions.MAX_SHARDS);
        }
        if (number < 0 || number >= count) {
            throw new InvalidValueException("shard", Integer.toString(number), "a number from 0 to " + (count - 1));
        }
    }

    /** Whether it has all requests. */
    public boolean isWhole() {
        return count == 1;
    }

    /** Whether a request belongs to it. */
    public boolean owns(long request) {
        return request % count == number;
    }

    /** How many of a batch's requests belong to it. */
    public long size(long requests) {
        return (requests - number + count - 1) / count;
    }

    /** Its number in file and branch names: three digits. */
    String digits() {
        return String.format(Locale.ROOT, "%03d", number);
    }

    /** Such as {@code shard 3 of 8}, counted from 0. */
    @Override
    public String toString() {
        return "shard " + number + " of " + count;
    }
}
