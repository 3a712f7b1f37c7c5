package io.github.batchferry.mockvendor;

/** How often each request was sent and answered, in ten bytes a place, for millions of requests. */
final class KeyCounts {
    private static final double FULL = 0.6;

    // Mutable state
    private long[] keys = new long[1 << 12];
    private byte[] sent = new byte[1 << 12];
    private byte[] answered = new byte[1 << 12];
    private int size;

    /** Counts an arrival; returns how many there were before, at most 127. */
    int send(long key) {
        if (size >= keys.length * FULL) {
            grow();
        }
        int place = place(key);
        int before = sent[place];
        if (before == 0) {
            keys[place] = key;
            size++;
        }
        sent[place] = next(sent[place]);
        return before;
    }

    /** How often a request that was sent was answered with success, at most 127. */
    int answered(long key) {
        return answered[place(key)];
    }

    /** Counts a success of a request that was sent; returns how many there were before. */
    int answer(long key) {
        int place = place(key);
        int before = answered[place];
        answered[place] = next(answered[place]);
        return before;
    }

    /** Number of different requests. */
    int size() {
        return size;
    }

    private static byte next(byte count) {
        return (byte) Math.min(Byte.MAX_VALUE, count + 1);
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) key & mask;
        while (sent[place] != 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        byte[] oldSent = sent;
        byte[] oldAnswered = answered;
        int capacity = oldKeys.length * 2;
        keys = new long[capacity];
        sent = new byte[capacity];
        answered = new byte[capacity];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldSent[old] != 0) {
                int place = place(oldKeys[old]);
                keys[place] = oldKeys[old];
                sent[place] = oldSent[old];
                answered[place] = oldAnswered[old];
            }
        }
    }
}
