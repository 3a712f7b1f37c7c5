package io.github.batchferry.runner.gate;

import io.github.batchferry.runner.vendor.LimitReport;
import java.time.Duration;
import java.util.Optional;

/** One limit that a vendor reports, followed from answer to answer. */
final class VendorMeter {
    /** Left to clocks that differ and to calls that overtake each other. */
    private static final double MARGIN = 0.98;

    private static final double MINUTE = 60;

    private final int shares;
    private final GateChange.What what;
    private final ChangeLog log;

    // Mutable state
    private Optional<Bucket> bucket = Optional.empty();
    private double perSecond;
    private double most;
    private double burst = Double.POSITIVE_INFINITY;

    VendorMeter(int shares, GateChange.What what, ChangeLog log) {
        this.shares = shares;
        this.what = what;
        this.log = log;
    }

    boolean isKnown() {
        return bucket.isPresent();
    }

    /** Seconds until so much may be sent. */
    double delay(double need, double now) {
        return bucket.isPresent() ? bucket.get().delay(need, now) : 0;
    }

    void sent(double need, double now) {
        bucket.ifPresent(b -> b.take(need, now));
    }

    void giveBack(double amount, double now) {
        bucket.ifPresent(b -> b.giveBack(amount, now));
    }

    /**
     * Learns from an answer: the vendor counted when the request came in, so what was sent after it is to be taken off, and
     * what was filled in since is to be added.
     *
     * @param sentAfter what was sent after the request that was answered
     * @param age seconds since that request left
     * @param part of the announced rate that is to be used
     */
    void report(LimitReport.Meter meter, double sentAfter, double age, double part, double now) {
        if (meter.limit().isPresent() && meter.limit().getAsLong() > 0) {
            announce(meter, part, now);
        }
        if (bucket.isPresent() && meter.remaining().isPresent()) {
            double then = (double) meter.remaining().getAsLong() / shares;
            bucket.get().lowerTo(then - sentAfter + bucket.get().rate() * age, now);
        }
    }

    /** Uses another part of the announced rate. */
    void use(double part, double now) {
        double capacity = Math.max(1, Math.min(most, burst));
        bucket.ifPresent(b -> b.reshape(perSecond * part, capacity, now));
    }

    /**
     * The vendor rejected although something should have been left: it counts in shorter times than it says. At first no
     * more than a second's worth is sent at once, then less and less.
     */
    void shrink(double part, double now) {
        burst = Double.isInfinite(burst) ? perSecond : Math.max(perSecond / 10, burst / 2);
        use(part, now);
    }

    private void announce(LimitReport.Meter meter, double part, double now) {
        double limit = meter.limit().getAsLong();
        double announced = rate(meter, limit) * MARGIN / shares;
        // what is cross-checked wobbles, and wobbling is no news
        boolean news = bucket.isEmpty() || Math.abs(announced - perSecond) > 0.2 * perSecond;
        if (news) {
            double before = bucket.isPresent() ? perSecond * MINUTE : Double.NaN;
            log.changed(now, what, before, announced * MINUTE, "the vendor announced it");
        }
        perSecond = announced;
        most = limit / shares;
        if (bucket.isEmpty()) {
            bucket = Optional.of(new Bucket(perSecond * part, Math.max(1, most), now));
        } else {
            use(part, now);
        }
    }

    /**
     * Units per second. The time until the meter is full again tells the true rate where it is lower: a limit per day that is
     * announced like one per minute, or one that was halved. Young fixed windows look alike, hence the conditions.
     */
    private static double rate(LimitReport.Meter meter, double limit) {
        double window = seconds(meter.window());
        double announced = limit / (window > 0 ? window : MINUTE);
        if (meter.remaining().isEmpty() || meter.reset().isEmpty()) {
            return announced;
        }
        double used = limit - meter.remaining().getAsLong();
        double reset = seconds(meter.reset().get());
        boolean telling = used >= limit / 2 || (used >= 1 && reset > 1.1 * window);
        return telling && reset > 0 ? Math.min(announced, used / reset) : announced;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
