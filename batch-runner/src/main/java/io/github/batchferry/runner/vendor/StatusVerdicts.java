package io.github.batchferry.runner.vendor;

/**
 * The meaning of HTTP statuses on which vendors agree: 2xx is success; 429 slows down; 408, 409 and 5xx (529 included) are
 * tried again; everything else is a refusal, redirects too, because following them could carry a key to a stranger.
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
        int status = answer.statusCode();
        if (answer.isSuccess()) {
            return new Verdict.Success();
        }
        if (status == 429) {
            return new Verdict.SlowDown(message(status, detail), RetryHint.of(answer));
        }
        if (status == 408 || status == 409 || status >= 500) {
            return new Verdict.TryAgain(HTTP_ERROR, message(status, detail), RetryHint.of(answer));
        }
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
