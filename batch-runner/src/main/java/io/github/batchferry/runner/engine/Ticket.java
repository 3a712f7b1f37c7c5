package io.github.batchferry.runner.engine;

import java.time.Instant;

/** A request on its way to its response: its number and what it has been through. Holds no body. */
final class Ticket {
    private final int number;
    private final Instant beganAt;

    // Mutable state
    private int attempts;
    private int failures;

    Ticket(int number, Instant beganAt) {
        this.number = number;
        this.beganAt = beganAt;
    }

    int number() {
        return number;
    }

    /** When it was first taken from the queue. */
    Instant beganAt() {
        return beganAt;
    }

    /** Tries so far, rejected ones included. */
    int attempts() {
        return attempts;
    }

    /** Tries that broke and count against the limit; a vendor's "slow down" does not. */
    int failures() {
        return failures;
    }

    void asked() {
        attempts++;
    }

    void broke() {
        failures++;
    }
}
