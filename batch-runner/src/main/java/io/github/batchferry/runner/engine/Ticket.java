package io.github.batchferry.runner.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A request on its way to its response: its number and what it has been through. Holds no body. */
final class Ticket {
    private final int number;

    // Mutable state
    private Optional<Instant> beganAt = Optional.empty();
    private int attempts;
    private int failures;

    Ticket(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Time since it was first sent; zero if it never was. */
    Duration age(Instant now) {
        return beganAt.map(began -> Duration.between(began, now)).orElse(Duration.ZERO);
    }

    /** Tries so far, rejected ones included. */
    int attempts() {
        return attempts;
    }

    /** Tries that broke and count against the limit; a vendor's "slow down" does not. */
    int failures() {
        return failures;
    }

    void asked(Instant now) {
        attempts++;
        beganAt = beganAt.or(() -> Optional.of(now));
    }

    void broke() {
        failures++;
    }
}
