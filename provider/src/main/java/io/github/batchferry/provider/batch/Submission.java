package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchOptions;
import java.util.Objects;

/**
 * How requests are submitted.
 *
 * @param fresh whether to begin anew although the same requests may be under way, and without answers of the cache
 * @param cache whether identical requests that an earlier batch got answered are not sent again, and this batch's answers
 *     are kept for later ones
 * @param options how the runner is to answer
 */
public record Submission(boolean fresh, boolean cache, BatchOptions options) {
    /** Attaches to what is under way, asks everything, and leaves the runner its usual ways. */
    public static final Submission STANDARD = new Submission(false, false, BatchOptions.STANDARD);

    public Submission {
        Objects.requireNonNull(options, "options is null");
    }

    /** The same, fresh or not. */
    public Submission withFresh(boolean anew) {
        return new Submission(anew, cache, options);
    }

    /** The same, with or without the cache. */
    public Submission withCache(boolean used) {
        return new Submission(fresh, used, options);
    }

    /** The same, by the vendors' own batch APIs or not. */
    public Submission withEconomy(boolean used) {
        return new Submission(fresh, cache, options.withEconomy(used));
    }
}
