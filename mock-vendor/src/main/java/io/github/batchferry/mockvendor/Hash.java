package io.github.batchferry.mockvendor;

/** Numbers that look random and are always the same. */
final class Hash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Hash() {}

    /** 64 bits for some bytes: FNV-1a, then mixed; two of a million different texts are alike with a chance of 1 to 10^7. */
    static long of(byte[] bytes, int from, int to) {
        long hash = FNV_OFFSET;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** Spreads a number over all 64 bits: the finalizer of SplitMix64. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** From a number to at least 0 and less than 1. */
    static double fraction(long value) {
        return (value >>> 11) * 0x1.0p-53;
    }
}
