package io.github.batchferry.runner.vendor;

import java.util.Optional;

/** What becomes of a request after an answer. */
public sealed interface Verdict {
    /** The request is answered. */
    record Success() implements Verdict {}

    /**
     * The vendor refused for good; asking again would change nothing.
     *
     * @param code for programs, such as {@code http_error}
     * @param message for people
     */
    record Refused(String code, String message) implements Verdict {}

    /**
     * The account may not go on: its quota, credit or daily allowance is used up. Waiting does not help, and whatever else
     * is asked with the same credential will be refused, too.
     *
     * @param message for people
     */
    record QuotaExhausted(String message) implements Verdict {}

    /**
     * Something broke; another attempt may succeed.
     *
     * @param code for programs, such as {@code http_error}, should it be the last attempt
     * @param message for people, should it be the last attempt
     * @param hint when the vendor wants to be asked again
     */
    record TryAgain(String code, String message, Optional<RetryHint> hint) implements Verdict {}

    /**
     * The vendor is asked too often: everybody waits, and the request has used up no attempt.
     *
     * @param message for people, should patience end
     * @param hint when the vendor wants to be asked again
     */
    record SlowDown(String message, Optional<RetryHint> hint) implements Verdict {}
}
