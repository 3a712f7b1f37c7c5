package io.github.batchferry.mockvendor;

/**
 * What the vendor charges, in billionths of a US dollar for one token: 150 is 0.15 dollars for a million.
 *
 * @param input prompt tokens that were not cached
 * @param cached prompt tokens that were
 * @param output completion tokens, reasoning included
 */
public record Prices(long input, long cached, long output) {
    /** Of the order of a small model. */
    public static final Prices SMALL_MODEL = new Prices(150, 75, 600);
}
