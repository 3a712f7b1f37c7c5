package io.github.batchferry.provider.targets;

/**
 * How the batches of a target are made cheaper, unless a command or a program says otherwise for one batch.
 *
 * @param economy whether vendors are asked through their own batch APIs
 * @param cache whether what an earlier batch got answered is not asked again
 */
public record Savings(boolean economy, boolean cache) {
    /** Every request is asked, at once and at the full price. */
    public static final Savings NONE = new Savings(false, false);
}
