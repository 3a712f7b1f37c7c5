package io.github.batchferry.runner.requests;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each request begins in its file and how long it is, in nine bytes each. Kept in pieces, which need not be copied when
 * more requests come.
 */
final class RequestPlaces {
    /** Larger files are none that git could carry. */
    private static final long MAX_OFFSET = (1L << 40) - 1;

    private static final int CHUNK = 1 << 13;

    private static final class Chunk {
        private final int[] low = new int[CHUNK];
        private final byte[] high = new byte[CHUNK];
        private final int[] lengths = new int[CHUNK];
    }

    private final List<Chunk> chunks = new ArrayList<>();

    // Mutable state
    private int size;

    /** Adds the next request. */
    void add(long offset, int length) {
        if (offset > MAX_OFFSET) {
            throw new IllegalArgumentException("a request begins beyond byte " + MAX_OFFSET);
        }
        if (size % CHUNK == 0) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunks.get(size / CHUNK);
        chunk.low[size % CHUNK] = (int) offset;
        chunk.high[size % CHUNK] = (byte) (offset >>> Integer.SIZE);
        chunk.lengths[size % CHUNK] = length;
        size++;
    }

    long offset(int number) {
        Chunk chunk = chunks.get(number / CHUNK);
        int at = number % CHUNK;
        return (chunk.high[at] & 0xffL) << Integer.SIZE | Integer.toUnsignedLong(chunk.low[at]);
    }

    int length(int number) {
        return chunks.get(number / CHUNK).lengths[number % CHUNK];
    }
}
