package io.github.batchferry.runner.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when a vendor may be sent the next request. One gate stands above all calls of a vendor, because its limits are
 * shared by them. Not thread-safe: it lives on the event loop.
 */
public interface RateGate {
    /** Whether a request may be sent. */
    sealed interface Admission {
        /** Now. */
        record Open() implements Admission {}

        /** After a time; ask again then. */
        record Closed(Duration time) implements Admission {}

        /** Not before one of the calls under way has ended. */
        record Full() implements Admission {}
    }

    /** How a call ended, as far as limits are concerned. */
    sealed interface Feedback {
        /** The vendor dealt with the request, be it by a refusal. */
        record Answered() implements Feedback {}

        /** The call broke; the vendor may have asked for a pause. */
        record Broken(Optional<Duration> pause) implements Feedback {}

        /** The vendor is asked too often; it may have said how long to wait. */
        record Rejected(Optional<Duration> pause) implements Feedback {}
    }

    /** Whether the next request may be sent now; asking changes nothing. */
    Admission ask(Instant now);

    /** Notes that a call begins. */
    void started(Instant now);

    /**
     * Notes that a call ended.
     *
     * @param startedAt when it began
     */
    void ended(Instant startedAt, Instant now, Feedback feedback);

    /** Whether the vendor has rejected everything for so long that waiting on has no sense. An answer revokes it. */
    boolean hasGivenUp();
}
