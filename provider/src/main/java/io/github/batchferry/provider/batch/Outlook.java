package io.github.batchferry.provider.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of when a run will be over.
 *
 * @param since when it was dispatched or started again
 * @param working whether it was seen to be in progress
 * @param expectedEnd when its last response is expected; empty while that is not known
 * @param endedWork when its work was seen to be done, so that the run is over in seconds; empty before
 */
record Outlook(Instant since, boolean working, Optional<Instant> expectedEnd, Optional<Instant> endedWork) {
    /** Of a run of which nothing was heard. */
    static Outlook from(Instant since) {
        return new Outlook(since, false, Optional.empty(), Optional.empty());
    }

    Outlook working(boolean now) {
        return new Outlook(since, now, expectedEnd, endedWork);
    }

    Outlook expecting(Optional<Instant> end) {
        return new Outlook(since, working, end, endedWork);
    }

    /** Once the work has ended it stays so. */
    Outlook workEnded(Instant now) {
        return new Outlook(since, working, expectedEnd, endedWork.or(() -> Optional.of(now)));
    }

    Duration age(Instant now) {
        return Duration.between(since, now);
    }

    /** Time until the expected end, below zero once it has passed. */
    Optional<Duration> remaining(Instant now) {
        return expectedEnd.map(end -> Duration.between(now, end));
    }
}
