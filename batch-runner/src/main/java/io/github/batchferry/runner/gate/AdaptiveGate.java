package io.github.batchferry.runner.gate;

import io.github.batchferry.runner.engine.RateGate;
import io.github.batchferry.runner.engine.TokenNeed;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.wire.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Finds out how fast a vendor may be asked, and asks that fast: by the limits it reports where it reports any, else by the
 * window that its rejections leave; never faster than its owner allows.
 */
public final class AdaptiveGate implements RateGate {
    /** Timers more precise than this are not worth their cost; buckets make up for it. */
    private static final double SHORTEST_WAIT = 0.001;

    /** While the window opens by time, it is looked at this often. */
    private static final double RAMP_STEP = 0.005;

    private static final double LONGEST_WAIT = 60;

    /** Part of a limit that has to be left for a rejection not to be for the rate. */
    private static final double ROOM = 0.1;

    private final Instant origin;
    private final Window window;
    private final VendorMeters meters;
    private final OwnerLimits owner;
    private final Noise noise = new Noise();
    private final Pace pace = new Pace(noise);
    private final Parking parking;

    // Mutable state
    private int underWay;

    private record Departed(double at, TokenNeed need, VendorMeters.Sent sent) implements Departure {}

    /**
     * @param owner what the vendor's owner allows; shared by the gates of all its models, which are made at the same time
     * @param now time of the making
     * @param listener hears what changes
     */
    public AdaptiveGate(GateSettings settings, OwnerLimits owner, Instant now, Consumer<GateChange> listener) {
        ChangeLog log = new ChangeLog(settings.name(), now, listener);
        this.origin = now;
        this.window = new Window(settings.maxConcurrency(), settings.requests(), log);
        this.meters = new VendorMeters(settings.shares(), log);
        this.owner = owner;
        this.parking = new Parking(settings.patience().toNanos() / 1e9, log);
    }

    @Override
    public boolean countsTokens() {
        return owner.countTokens() || meters.countTokens();
    }

    @Override
    public Admission ask(TokenNeed need, Instant instant) {
        double now = seconds(instant);
        if (underWay >= Math.floor(window.size(now))) {
            return window.isRamping() ? closed(RAMP_STEP) : new Admission.Full();
        }
        double wait = parking.delay(now);
        if (wait == 0) {
            wait = Math.max(
                    pace.delay(window.size(now), now), Math.max(owner.delay(need, now), meters.delay(need, now)));
        }
        return wait > 0 ? closed(wait) : new Admission.Open();
    }

    @Override
    public Departure started(TokenNeed need, Instant instant) {
        double now = seconds(instant);
        underWay++;
        owner.sent(need, now);
        pace.sent(now);
        return new Departed(now, need, meters.sent(need, now));
    }

    @Override
    public void ended(Departure departure, Instant instant, Feedback feedback, LimitReport limits) {
        Departed departed = (Departed) departure;
        double now = seconds(instant);
        boolean knewLimits = meters.areKnown();
        meters.report(limits, departed.sent(), departed.at(), now);
        if (!knewLimits && meters.areKnown()) {
            window.reopen(now);
            pace.forget();
        }
        int before = underWay--;
        if (feedback instanceof Feedback.Answered answered) {
            answered(departed, answered, before, now);
        } else if (feedback instanceof Feedback.Overloaded overloaded) {
            pace.idle(parking.overloaded(departed.at(), now, seconds(overloaded.pause()), pace.meanLatency()));
        } else if (feedback instanceof Feedback.Rejected rejected) {
            rejected(departed, rejected, limits, now);
        }
    }

    @Override
    public boolean hasGivenUp() {
        return parking.hasGivenUp();
    }

    private void answered(Departed departed, Feedback.Answered answered, int before, double now) {
        parking.answered();
        noise.answered();
        meters.answered(now);
        window.answered(before, noise.isFound(), now);
        pace.answered(now - departed.at());
        answered.usage().ifPresent(usage -> settle(departed, usage, now));
    }

    private void settle(Departed departed, TokenUsage usage, double now) {
        meters.settle(departed.need(), usage, now);
        owner.settle(departed.need(), usage.input() + usage.output(), now);
    }

    private void rejected(Departed departed, Feedback.Rejected rejected, LimitReport limits, double now) {
        if (meters.areKnown() && !saysThereIsRoom(limits)) {
            meters.rejected(departed.at(), now);
        } else {
            rejectedWithoutLimits(departed, rejected.pause().isPresent(), now);
        }
        if (rejected.pause().isPresent() || !noise.isTrying()) {
            parking.rejected(departed.at(), now, seconds(rejected.pause()), pace.meanLatency());
        }
    }

    private void rejectedWithoutLimits(Departed departed, boolean hinted, double now) {
        boolean tried = noise.isTrying();
        noise.rejected(hinted);
        if (noise.isFound()) {
            pace.forget();
            return;
        }
        if (!pace.isMeasured() && window.isInnocentOf(departed.at())) {
            pace.measureFromNowOn();
        }
        pace.rejected(departed.at(), now, tried);
        if (!pace.isMeasured()) {
            window.rejected(departed.at(), underWay, now);
        }
    }

    /** A rejection that comes with a good remainder was not for the rate: too many calls at once, most likely. */
    private static boolean saysThereIsRoom(LimitReport limits) {
        return !limits.meters().isEmpty()
                && limits.meters().stream()
                        .allMatch(meter -> meter.remaining().orElse(0)
                                > ROOM * meter.limit().orElse(0));
    }

    private static Admission closed(double wait) {
        double bounded = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, wait));
        return new Admission.Closed(Duration.ofNanos((long) Math.ceil(bounded * 1e9)));
    }

    private double seconds(Instant instant) {
        return instant.getEpochSecond() - origin.getEpochSecond() + (instant.getNano() - origin.getNano()) / 1e9;
    }

    private static OptionalDouble seconds(Optional<Duration> time) {
        return time.stream().mapToDouble(t -> t.toNanos() / 1e9).findFirst();
    }
}
