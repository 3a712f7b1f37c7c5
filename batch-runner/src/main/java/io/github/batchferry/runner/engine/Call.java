package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.RequestLine;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One attempt under way. */
final class Call {
    private final Ticket ticket;
    private final RequestLine request;
    private final Instant startedAt;
    private final RateGate.Departure departure;
    private final CompletableFuture<VendorAnswer> answer;

    // Mutable state
    private boolean givenUp;

    Call(
            Ticket ticket,
            RequestLine request,
            Instant startedAt,
            RateGate.Departure departure,
            CompletableFuture<VendorAnswer> answer) {
        this.ticket = ticket;
        this.request = request;
        this.startedAt = startedAt;
        this.departure = departure;
        this.answer = answer;
    }

    Ticket ticket() {
        return ticket;
    }

    RequestLine request() {
        return request;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** What the gate wants back. */
    RateGate.Departure departure() {
        return departure;
    }

    CompletableFuture<VendorAnswer> answer() {
        return answer;
    }

    /** Whether the time limit ended it. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Ends the call at its time limit, unless the answer is there already and only waits for its turn. */
    void giveUp() {
        givenUp = answer.cancel(true);
    }
}
