package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.vendor.LimitReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A gate that can be foretold: so many calls at once, and the pauses that the vendor asks for. */
final class FixedGate implements RateGate {
    /** Keeps a {@code Retry-After: 0} from becoming a busy loop. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_UNHINTED_PAUSE = Duration.ofSeconds(30);

    private final int maxConcurrency;
    private final Duration patience;

    private record Departed(Instant at) implements Departure {}

    // Mutable state
    private int underWay;
    private Instant pausedAt = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;
    private Duration unhintedPause = FIRST_PAUSE;
    private Optional<Instant> rejectingSince = Optional.empty();
    private boolean givenUp;

    /**
     * @param maxConcurrency calls under way at once
     * @param patience how long a vendor may reject everything, and the longest pause it may ask for, before it is given up
     */
    FixedGate(int maxConcurrency, Duration patience) {
        this.maxConcurrency = maxConcurrency;
        this.patience = patience;
    }

    @Override
    public boolean countsTokens() {
        return false;
    }

    @Override
    public Admission ask(TokenNeed need, Instant now) {
        if (underWay >= maxConcurrency) {
            return new Admission.Full();
        }
        return now.isBefore(pausedUntil)
                ? new Admission.Closed(Duration.between(now, pausedUntil))
                : new Admission.Open();
    }

    @Override
    public Departure started(TokenNeed need, Instant now) {
        underWay++;
        return new Departed(now);
    }

    @Override
    public void ended(Departure departure, Instant now, Feedback feedback, LimitReport limits) {
        Instant startedAt = ((Departed) departure).at();
        underWay--;
        if (feedback instanceof Feedback.Answered) {
            rejectingSince = Optional.empty();
            unhintedPause = FIRST_PAUSE;
            givenUp = false;
        } else if (feedback instanceof Feedback.Broken broken) {
            broken.pause().map(this::withinPatience).ifPresent(pause -> pause(now, pause));
        } else if (feedback instanceof Feedback.Rejected rejected) {
            rejected(startedAt, now, rejected.pause());
        }
    }

    @Override
    public boolean hasGivenUp() {
        return givenUp;
    }

    private void rejected(Instant startedAt, Instant now, Optional<Duration> hint) {
        Instant since = rejectingSince.orElse(now);
        rejectingSince = Optional.of(since);
        boolean endless = hint.filter(pause -> pause.compareTo(patience) > 0).isPresent();
        givenUp |= endless || Duration.between(since, now).compareTo(patience) >= 0;
        if (hint.isPresent()) {
            pause(now, withinPatience(hint.get()));
        } else if (!startedAt.isBefore(pausedAt)) {
            pause(now, unhintedPause);
            Duration doubled = unhintedPause.multipliedBy(2);
            unhintedPause = doubled.compareTo(LONGEST_UNHINTED_PAUSE) < 0 ? doubled : LONGEST_UNHINTED_PAUSE;
        }
    }

    private void pause(Instant now, Duration length) {
        Instant until = now.plus(length.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : length);
        pausedAt = now;
        pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
    }

    private Duration withinPatience(Duration pause) {
        return pause.compareTo(patience) < 0 ? pause : patience;
    }
}
