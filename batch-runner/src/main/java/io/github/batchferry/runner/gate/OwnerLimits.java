package io.github.batchferry.runner.gate;

import io.github.batchferry.runner.engine.TokenNeed;
import io.github.batchferry.wire.vendors.VendorLimits;
import java.util.Optional;

/**
 * The requests and tokens per minute that the owner of the runner repository allows a vendor, for all its models together. Two hundredths of a minute's allowance
 * may be used at once and the rest comes steadily, so that no minute, wherever it begins, takes more than the limit.
 */
public final class OwnerLimits {
    private static final double MINUTE = 60;
    private static final double AT_ONCE = 0.02;

    private final Optional<Bucket> requests;
    private final Optional<Bucket> tokens;

    /** @param shares jobs that share the limits, at least 1 */
    public OwnerLimits(VendorLimits limits, int shares) {
        this.requests = limits.requestsPerMinute().stream()
                .mapToObj(rpm -> bucket(rpm, shares))
                .findFirst();
        this.tokens = limits.tokensPerMinute().stream()
                .mapToObj(tpm -> bucket(tpm, shares))
                .findFirst();
    }

    private static Bucket bucket(long perMinute, int shares) {
        double ours = (double) perMinute / shares;
        return new Bucket(ours * (1 - AT_ONCE) / MINUTE, Math.max(1, ours * AT_ONCE), 0);
    }

    boolean countTokens() {
        return tokens.isPresent();
    }

    /** Seconds until a request may be sent. */
    double delay(TokenNeed need, double now) {
        double forRequest = requests.isPresent() ? requests.get().delay(1, now) : 0;
        double forTokens = tokens.isPresent() ? tokens.get().delay(need.total(), now) : 0;
        return Math.max(forRequest, forTokens);
    }

    void sent(TokenNeed need, double now) {
        requests.ifPresent(bucket -> bucket.take(1, now));
        tokens.ifPresent(bucket -> bucket.take(need.total(), now));
    }

    /** Corrects the estimate by what was really used. */
    void settle(TokenNeed need, long used, double now) {
        tokens.ifPresent(bucket -> bucket.giveBack(need.total() - used, now));
    }
}
