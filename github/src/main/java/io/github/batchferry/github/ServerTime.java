package io.github.batchferry.github;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** This machine's clock, put right by a server's when that turns out to be necessary. Not thread-safe. */
final class ServerTime {
    /** Headers tell whole seconds, and travel. */
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private final Clock clock;
    // Mutable state
    private Duration ahead = Duration.ZERO;

    ServerTime(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().plus(ahead);
    }

    /**
     * Takes over the time that an answer carries.
     *
     * @return whether that changed anything
     */
    boolean correctBy(HttpHeaders headers) {
        Optional<Instant> told = headers.firstValue("date").flatMap(ServerTime::parse);
        if (told.isEmpty() || Duration.between(now(), told.get()).abs().compareTo(TOLERATED) <= 0) {
            return false;
        }
        ahead = Duration.between(clock.instant(), told.get());
        return true;
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
