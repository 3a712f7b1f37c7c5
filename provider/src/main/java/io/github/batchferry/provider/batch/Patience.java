package io.github.batchferry.provider.batch;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a run is waited for.
 *
 * @param timeout longest time in all, from now
 * @param queue longest time from the dispatch until a runner begins; empty for any
 */
record Patience(Duration timeout, Optional<Duration> queue) {}
