package io.github.batchferry.runner.requests;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each request begins in its file and how far it is to the next one, in four bytes each. Kept in pieces, which need not
 * be copied when more requests come.
 */
final class RequestPlaces {
    /** Larger files are none that git could carry. */
    private static final long MAX_OFFSET = (1L << 40) - 1;

    private static final int CHUNK = 1 << 13;

    /** Requests whose places are counted from that of the first: so few that the sum of their longest lines fits into an int. */
    private static final int BLOCK = 1 << 5;

    private static final class Chunk {
        private final long[] blocks = new long[CHUNK / BLOCK];
        private final int[] inBlock = new int[CHUNK];
    }

    private final List<Chunk> chunks = new ArrayList<>();

    // Mutable state
    private int size;
    private long end;

    /**
     * Adds the next request of the file.
     *
     * @param offset its first byte
     * @param length its bytes without line break
     */
    void add(long offset, int length) {
        if (offset > MAX_OFFSET) {
            throw new IllegalArgumentException("a request begins beyond byte " + MAX_OFFSET);
        }
        if (size % CHUNK == 0) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunks.get(size / CHUNK);
        int at = size % CHUNK;
        if (at % BLOCK == 0) {
            chunk.blocks[at / BLOCK] = offset;
        }
        // more there is only between lines that are no requests, and then the batch is refused anyway
        chunk.inBlock[at] = (int) Math.min(Integer.MAX_VALUE, offset - chunk.blocks[at / BLOCK]);
        end = offset + length;
        size++;
    }

    long offset(int number) {
        Chunk chunk = chunks.get(number / CHUNK);
        int at = number % CHUNK;
        return chunk.blocks[at / BLOCK] + chunk.inBlock[at];
    }

    /** Bytes up to the line feed before the next request, or to the end of the last one: a carriage return is one of them. */
    int length(int number) {
        long last = number + 1 < size ? offset(number + 1) - 1 : end;
        return Math.toIntExact(last - offset(number));
    }
}
