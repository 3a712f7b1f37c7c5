package io.github.batchferry.runner.plan;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the custom ids that may be there twice, in three bytes an id: a Bloom filter, which takes one new id in a hundred
 * thousand for one it knows. What it suspects is to be looked for in a second pass.
 */
final class RepeatedIds {
    private static final int BITS_PER_ID = 24;

    /** The best number of bits to set: {@code ln 2} times the bits for each id. */
    private static final int BITS_SET = 16;

    /** So many are not suspected by mistake: the batch has more mistakes than anybody reads. */
    private static final int MOST = 10_000;

    private final MessageDigest sha256 = Sha256.newDigest();
    private final long bits;
    private final long[] filter;
    private final Set<CustomId> suspects = new HashSet<>();

    /** @param expected number of ids, about */
    RepeatedIds(long expected) {
        int words = Math.toIntExact(Math.max(1, expected * BITS_PER_ID / Long.SIZE));
        this.filter = new long[words];
        this.bits = (long) words * Long.SIZE;
    }

    /** Takes in the next id. */
    void look(CustomId id) {
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(id.value().getBytes(StandardCharsets.UTF_8)));
        long bit = hash.getLong();
        long step = hash.getLong();
        boolean known = true;
        for (int i = 0; i < BITS_SET; i++, bit += step) {
            long place = Long.remainderUnsigned(bit, bits);
            long mask = 1L << (place % Long.SIZE);
            int word = (int) (place / Long.SIZE);
            known &= (filter[word] & mask) != 0;
            filter[word] |= mask;
        }
        if (known && suspects.size() < MOST) {
            suspects.add(id);
        }
    }

    /** Those that may have been taken in twice; all others were not, unless there are too many. */
    Set<CustomId> suspects() {
        return suspects;
    }
}
