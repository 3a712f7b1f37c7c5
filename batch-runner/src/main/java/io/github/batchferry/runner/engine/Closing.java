package io.github.batchferry.runner.engine;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;

/** Why requests that are not under way are answered without being sent. */
record Closing(ResponseStatus status, ResponseLine.Failure reason) {
    static final String RATE_LIMITED = "rate_limited";
    static final String QUOTA_EXHAUSTED = "insufficient_quota";

    /** The vendor answered nothing but 429 for too long. */
    static Closing outOfPatience(String vendor) {
        return errored(
                RATE_LIMITED,
                "vendor `" + vendor + "` answered nothing but 429, and patience with it is over; ask again later");
    }

    /** Another request with the same credential found the quota used up. */
    static Closing quotaExhausted(String vendor, String said) {
        return errored(
                QUOTA_EXHAUSTED,
                "not sent: the quota of vendor `" + vendor + "` is used up (" + said
                        + "); add credit or raise the limit of its account, then ask again");
    }

    /** Whoever runs the batch wants nothing more to be sent. */
    static Closing expired(ResponseLine.Failure reason) {
        return new Closing(ResponseStatus.EXPIRED, reason);
    }

    private static Closing errored(String code, String message) {
        return new Closing(ResponseStatus.ERRORED, new ResponseLine.Failure(code, message));
    }
}
