package io.github.batchferry.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Custom ids of a batch, however many: it keeps the first 128 bits of each one's SHA-256, 24 to 28 bytes an id, where a hash
 * set of the ids themselves takes 150. That two different ids are taken for the same one does not happen: for a million ids
 * the chance is 1 to 10^26. Ids can be added, not removed. Not thread-safe.
 */
public final class CustomIdSet {
    /** Ids in a chunk: the hashes need not be copied when more come. */
    private static final int CHUNK = 1 << 13;

    private static final int FIRST_PLACES = 1 << 10;

    private final MessageDigest sha256 = Sha256.newDigest();
    private final List<long[]> hashes = new ArrayList<>();

    // Mutable state
    private int[] places = new int[FIRST_PLACES]; // open addressing; 1 + the number of an id, 0 for a free place
    private int size;

    /** Adds an id; returns the number of the one that is there already, counted from 0 in the order of addition, or -1. */
    public int add(CustomId id) {
        byte[] digest = digest(id);
        int place = place(word(digest, 0), word(digest, 1));
        if (places[place] != 0) {
            return places[place] - 1;
        }
        if (size % CHUNK == 0) {
            hashes.add(new long[2 * CHUNK]);
        }
        long[] chunk = hashes.get(size / CHUNK);
        chunk[size % CHUNK * 2] = word(digest, 0);
        chunk[size % CHUNK * 2 + 1] = word(digest, 1);
        places[place] = ++size;
        if (size > places.length / 4 * 3) {
            grow();
        }
        return -1;
    }

    /** Whether an id was added. */
    public boolean contains(CustomId id) {
        byte[] digest = digest(id);
        return places[place(word(digest, 0), word(digest, 1))] != 0;
    }

    /** Number of different ids. */
    public int size() {
        return size;
    }

    private byte[] digest(CustomId id) {
        return sha256.digest(id.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Where these hashes are, or the free place where they belong. */
    private int place(long first, long second) {
        int mask = places.length - 1;
        int place = (int) first & mask;
        while (places[place] != 0 && !isAt(places[place] - 1, first, second)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private boolean isAt(int number, long first, long second) {
        long[] chunk = hashes.get(number / CHUNK);
        int at = number % CHUNK * 2;
        return chunk[at] == first && chunk[at + 1] == second;
    }

    private void grow() {
        int[] all = places;
        places = new int[all.length * 2];
        for (int occupied : all) {
            if (occupied != 0) {
                long[] chunk = hashes.get((occupied - 1) / CHUNK);
                int at = (occupied - 1) % CHUNK * 2;
                places[place(chunk[at], chunk[at + 1])] = occupied;
            }
        }
    }

    private static long word(byte[] digest, int number) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | digest[number * Long.BYTES + i] & 0xff;
        }
        return word;
    }
}
