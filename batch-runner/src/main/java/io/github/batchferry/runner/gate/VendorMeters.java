package io.github.batchferry.runner.gate;

import io.github.batchferry.runner.engine.TokenNeed;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.LimitReport.Kind;
import io.github.batchferry.wire.TokenUsage;
import java.util.EnumMap;
import java.util.Map;

/**
 * All limits that a vendor reports, and the part of them that is used: a 429 despite known limits takes 5 % off, every
 * success gives a little back, the less the more often that went wrong.
 */
final class VendorMeters {
    private static final double LESS = 0.95;
    private static final double LEAST = 0.3;
    private static final double GIVEN_BACK = 0.002;
    private static final double LEAST_GIVEN_BACK = GIVEN_BACK / 32;

    /** Seconds without a 429 after which twice as much is given back, and more and more from then on. */
    private static final double CALM = 30;

    private final Map<Kind, VendorMeter> meters = new EnumMap<>(Kind.class);
    private final ChangeLog log;

    // Mutable state
    private Sent sent = new Sent(0, 0, 0);
    private double knownSince = Double.POSITIVE_INFINITY;
    private boolean tokensAreKnown;
    private double cutAt = Double.NEGATIVE_INFINITY;
    private double part = 1;
    private double givenBack = GIVEN_BACK;

    /** All that was sent up to a moment. */
    record Sent(long requests, long input, long output) {
        private Sent plus(TokenNeed need) {
            return new Sent(requests + 1, input + need.input(), output + need.output());
        }

        private Sent minus(TokenNeed excess) {
            return new Sent(requests, input - excess.input(), output - excess.output());
        }

        private double since(Sent earlier, Kind kind) {
            return switch (kind) {
                case REQUESTS -> requests - earlier.requests;
                case TOKENS -> input - earlier.input + output - earlier.output;
                case INPUT_TOKENS -> input - earlier.input;
                case OUTPUT_TOKENS -> output - earlier.output;
            };
        }
    }

    VendorMeters(int shares, ChangeLog log) {
        this.log = log;
        for (Kind kind : Kind.values()) {
            GateChange.What what = kind == Kind.REQUESTS ? GateChange.What.REQUEST_RATE : GateChange.What.TOKEN_RATE;
            meters.put(kind, new VendorMeter(shares, what, log));
        }
    }

    /** Whether the vendor has reported a limit. */
    boolean areKnown() {
        return knownSince < Double.POSITIVE_INFINITY;
    }

    /** Whether tokens are limited, or may turn out to be. */
    boolean countTokens() {
        return !areKnown() || tokensAreKnown;
    }

    /** Seconds until a request may be sent. */
    double delay(TokenNeed need, double now) {
        double longest = 0;
        for (Map.Entry<Kind, VendorMeter> meter : meters.entrySet()) {
            if (counts(meter.getKey())) {
                longest = Math.max(longest, meter.getValue().delay(amount(need, meter.getKey()), now));
            }
        }
        return longest;
    }

    /** Notes a request and gives back all that was sent up to it. */
    Sent sent(TokenNeed need, double now) {
        sent = sent.plus(need);
        meters.forEach((kind, meter) -> meter.sent(amount(need, kind), now));
        return sent;
    }

    /**
     * Learns from an answer.
     *
     * @param before what was sent up to the request that was answered
     * @param departed when that request left
     */
    void report(LimitReport report, Sent before, double departed, double now) {
        for (LimitReport.Meter meter : report.meters()) {
            double sentAfter = sent.since(before, meter.kind());
            meters.get(meter.kind()).report(meter, sentAfter, now - departed, part, now);
        }
        tokensAreKnown |= meters.get(Kind.TOKENS).isKnown()
                || meters.get(Kind.INPUT_TOKENS).isKnown()
                || meters.get(Kind.OUTPUT_TOKENS).isKnown();
        if (!areKnown() && meters.values().stream().anyMatch(VendorMeter::isKnown)) {
            knownSince = now;
        }
    }

    /** A request took what it took. */
    void answered(double now) {
        if (part < 1) {
            double calm = (now - cutAt) / CALM;
            part = Math.min(1, part + givenBack * (1 + calm * calm));
            meters.values().forEach(meter -> meter.use(part, now));
        }
    }

    /** Corrects the estimate by what was really used. */
    void settle(TokenNeed need, TokenUsage usage, double now) {
        TokenNeed excess = new TokenNeed(need.input() - usage.input(), need.output() - usage.output());
        sent = sent.minus(excess);
        meters.forEach((kind, meter) -> meter.giveBack(kind == Kind.REQUESTS ? 0 : amount(excess, kind), now));
    }

    /** The vendor rejected a request that left at a time; one cut for each episode. */
    void rejected(double departed, double now) {
        if (departed <= knownSince || departed <= cutAt) {
            return;
        }
        double before = part;
        part = Math.max(LEAST, part * LESS);
        givenBack = Math.max(LEAST_GIVEN_BACK, givenBack / 2);
        cutAt = now;
        meters.values().forEach(meter -> meter.shrink(part, now));
        log.changed(now, GateChange.What.SHARE, before, part, "429 although something should have been left");
    }

    /** Input and output apart say more than their sum, where both are reported. */
    private boolean counts(Kind kind) {
        return kind != Kind.TOKENS
                || !(meters.get(Kind.INPUT_TOKENS).isKnown()
                        || meters.get(Kind.OUTPUT_TOKENS).isKnown());
    }

    private static double amount(TokenNeed need, Kind kind) {
        return switch (kind) {
            case REQUESTS -> 1;
            case TOKENS -> need.total();
            case INPUT_TOKENS -> need.input();
            case OUTPUT_TOKENS -> need.output();
        };
    }
}
