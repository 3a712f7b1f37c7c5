package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.vendor.NotSentException;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.Verdict;
import io.github.batchferry.wire.RequestLine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * How one attempt ended.
 *
 * @param reading what it means
 * @param answer what came back, if anything did
 * @param end whether the vendor may have worked in vain
 */
record AttemptResult(Reading reading, Optional<VendorAnswer> answer, Launching.End end) {
    static final String TIMEOUT = "request_timeout";
    static final String CONNECTION = "connection_error";
    static final String ADAPTER = "adapter_error";

    /** An answer came, whatever its status. */
    static AttemptResult answered(Vendor vendor, RequestLine request, VendorAnswer answer) {
        return new AttemptResult(read(vendor, request, answer), Optional.of(answer), Launching.End.SETTLED);
    }

    /** The time limit passed before the last byte was there. */
    static AttemptResult timedOut(Duration limit) {
        return without(
                new Verdict.TryAgain(
                        TIMEOUT, "no complete answer within " + limit.toSeconds() + " s", Optional.empty()),
                Launching.End.UNANSWERED);
    }

    /** No answer came: worth another attempt after an IO error, and only then. */
    static AttemptResult failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return without(
                cause instanceof IOException
                        ? new Verdict.TryAgain(CONNECTION, words(cause), Optional.empty())
                        : new Verdict.Refused(ADAPTER, words(cause)),
                neverReached(cause) ? Launching.End.SETTLED : Launching.End.UNANSWERED);
    }

    /** Of other failures it is not known how far the request came. */
    private static boolean neverReached(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof NotSentException;
    }

    Verdict verdict() {
        return reading.verdict();
    }

    private static AttemptResult without(Verdict verdict, Launching.End end) {
        return new AttemptResult(Reading.of(verdict, Optional.empty()), Optional.empty(), end);
    }

    /** An adapter that stumbles over an answer must neither lose it nor stop the batch. */
    private static Reading read(Vendor vendor, RequestLine request, VendorAnswer answer) {
        try {
            return vendor.read(request, answer);
        } catch (RuntimeException e) {
            Verdict verdict = answer.isSuccess()
                    ? new Verdict.Success()
                    : new Verdict.Refused(ADAPTER, "the adapter cannot read the answer: " + words(e));
            return Reading.of(verdict, Optional.empty());
        }
    }

    private static String words(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "the vendor's server does not accept connections in time";
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return "cannot reach the vendor's server: unknown host, or nobody listens there";
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
