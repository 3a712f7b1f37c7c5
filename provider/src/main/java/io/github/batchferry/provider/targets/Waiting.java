package io.github.batchferry.provider.targets;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of a run that is waited for in vain.
 *
 * @param onTimeout what to do with a run that is not over when the time to wait is up
 * @param queueTimeout longest time from the dispatch until a runner begins; empty for any
 */
public record Waiting(OnTimeout onTimeout, Optional<Duration> queueTimeout) {
    /** The run goes on when nobody waits any longer, and may be queued for as long as GitHub lets it. */
    public static final Waiting STANDARD = new Waiting(OnTimeout.WAIT, Optional.empty());

    /** What to do with a run that is not over in time. */
    public enum OnTimeout {
        /** Leave it alone; only the waiting ends. */
        WAIT,
        /** Cancel it. */
        CANCEL;

        /** The word of {@code targets.yaml}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
