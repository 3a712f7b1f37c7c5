package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.wire.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when a lane may send its next request. One gate stands above all calls of a vendor, model and credential, because
 * its limits are shared by them. Not thread-safe: it lives on the event loop.
 */
public interface RateGate {
    /** Whether a request may be sent. */
    sealed interface Admission {
        /** Now. */
        record Open() implements Admission {}

        /** After a time; ask again then, or when a call has ended. */
        record Closed(Duration time) implements Admission {}

        /** Not before one of the calls under way has ended. */
        record Full() implements Admission {}
    }

    /** What a gate remembers of a call that began; handed back when the call ends. */
    interface Departure {}

    /** How a call ended, as far as limits are concerned. */
    sealed interface Feedback {
        /**
         * The vendor dealt with the request, be it by a refusal.
         *
         * @param usage tokens it really took, where the vendor says so
         */
        record Answered(Optional<TokenUsage> usage) implements Feedback {}

        /** The call broke, which says nothing about the others. */
        record Broken() implements Feedback {}

        /** The vendor has too much to do, whoever asked for it; it may have said how long to wait. */
        record Overloaded(Optional<Duration> pause) implements Feedback {}

        /** The vendor is asked too often; it may have said how long to wait. */
        record Rejected(Optional<Duration> pause) implements Feedback {}
    }

    /** Whether the token need of requests matters now; it is not worth finding out if not. */
    boolean countsTokens();

    /**
     * Whether a request may be sent now; asking changes nothing that others see.
     *
     * @param need what it is expected to take
     */
    Admission ask(TokenNeed need, Instant now);

    /** Notes that a call begins. */
    Departure started(TokenNeed need, Instant now);

    /**
     * Notes that a call ended.
     *
     * @param departure what {@link #started} gave for it
     * @param limits what the answer said about limits
     */
    void ended(Departure departure, Instant now, Feedback feedback, LimitReport limits);

    /** Whether the vendor has rejected everything for so long that waiting on has no sense. An answer revokes it. */
    boolean hasGivenUp();
}
