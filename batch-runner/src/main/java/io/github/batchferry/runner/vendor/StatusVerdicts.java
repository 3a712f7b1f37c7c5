package io.github.batchferry.runner.vendor;

import java.util.Optional;

/**
 * The meaning of HTTP statuses on which vendors agree: 2xx is success; 429 slows down; 408, 409 and 5xx (529 included) are
 * tried again; everything else is a refusal, redirects too, because following them could carry a key to a stranger.
 *
 * <p>The header {@code x-should-retry}, which OpenAI and Anthropic send and their own clients obey, overrules this:
 * {@code false} makes final what would be tried again, a 429 only if it names no time to come back; {@code true} has refusals
 * tried again, but for 401, 403 and redirects, which no repetition changes.
 */
public final class StatusVerdicts {
    /** {@code error.code} of a response whose vendor answered with another status than 2xx. */
    public static final String HTTP_ERROR = "http_error";

    private StatusVerdicts() {}

    /**
     * @param detail what the vendor said about its refusal, for people, in full: a key it repeats is only found whole; may
     *     be empty
     */
    public static Verdict of(VendorAnswer answer, String detail) {
        return of(answer, detail, RetryHint.of(answer));
    }

    /**
     * The same for vendors that say elsewhere than in the usual headers when they want to be asked again.
     *
     * @param hint when
     */
    public static Verdict of(VendorAnswer answer, String detail, Optional<RetryHint> hint) {
        int status = answer.statusCode();
        if (answer.isSuccess()) {
            return new Verdict.Success();
        }
        Optional<String> should = answer.header("x-should-retry").map(String::strip);
        if (status == 429) {
            boolean never = should.filter("false"::equals).isPresent() && hint.isEmpty();
            return never ? refused(status, detail) : new Verdict.SlowDown(message(status, detail), hint);
        }
        return isTriedAgain(status, should)
                ? new Verdict.TryAgain(HTTP_ERROR, message(status, detail), hint)
                : refused(status, detail);
    }

    private static boolean isTriedAgain(int status, Optional<String> should) {
        if (status == 408 || status == 409 || status >= 500) {
            return should.filter("false"::equals).isEmpty();
        }
        return status >= 400
                && status != 401
                && status != 403
                && should.filter("true"::equals).isPresent();
    }

    private static Verdict refused(int status, String detail) {
        if (status >= 300 && status < 400) {
            return new Verdict.Refused(
                    HTTP_ERROR,
                    "the vendor answered " + status + ", a redirect, which is not followed because the key would go"
                            + " with it: correct base_url in vendors.yaml");
        }
        return new Verdict.Refused(HTTP_ERROR, message(status, detail));
    }

    private static String message(int status, String detail) {
        return detail.isEmpty() ? "the vendor answered " + status : "the vendor answered " + status + ": " + detail;
    }
}
