package io.github.batchferry.runner.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.runner.vendor.AnswerJson;
import io.github.batchferry.runner.vendor.VendorAnswer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Asks for tokens: small JSON answers within a time limit, and refusals in the words of whoever refused. */
final class HttpDoor {
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final int LONGEST_WORDS = 500;

    private final Function<HttpRequest, CompletableFuture<VendorAnswer>> http;
    private final Duration limit;
    private final UnaryOperator<String> clean;

    /**
     * @param http sends a request, following no redirect
     * @param limit longest wait for the last byte of an answer
     * @param clean takes secrets out of the words of a refusal, which may quote what was sent
     */
    HttpDoor(Function<HttpRequest, CompletableFuture<VendorAnswer>> http, Duration limit, UnaryOperator<String> clean) {
        this.http = http;
        this.limit = limit;
        this.clean = clean;
    }

    /**
     * Sends a request; gives the JSON of a 2xx. Fails with an {@link IOException}, an {@link ExchangeFailedException} where an
     * answer came.
     *
     * @param who asked, for messages
     */
    CompletableFuture<JsonNode> ask(HttpRequest request, String who) {
        CompletableFuture<VendorAnswer> sent = http.apply(request);
        return sent.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).handle((answer, failure) -> {
            if (failure != null) {
                // closes the connection of a stalled answer
                sent.cancel(true);
                throw new CompletionException(failed(failure, who));
            }
            return json(answer, who);
        });
    }

    private IOException failed(Throwable failure, String who) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String why = cause instanceof TimeoutException
                ? "no complete answer within " + limit.toSeconds() + " s"
                : Optional.ofNullable(cause.getMessage())
                        .orElse(cause.getClass().getSimpleName());
        return new IOException("cannot ask " + who + " for a token: " + why, cause);
    }

    private JsonNode json(VendorAnswer answer, String who) {
        if (answer.isSuccess() && answer.body().length <= MAX_ANSWER_BYTES) {
            return AnswerJson.tree(answer);
        }
        int status = answer.statusCode();
        if (answer.isSuccess()) {
            throw refusal(who + " answered with more than " + MAX_ANSWER_BYTES + " bytes", false);
        }
        boolean passes = status >= 500 || status == 408 || status == 429;
        throw refusal(who + " gave no token: " + status + words(AnswerJson.tree(answer)), !passes);
    }

    static CompletionException refusal(String message, boolean refused) {
        return new CompletionException(new ExchangeFailedException(message, refused));
    }

    /** OAuth's {@code error} and {@code error_description} (RFC 6749, section 5.2), or the vendor's own form of an error. */
    private String words(JsonNode body) {
        String code =
                AnswerJson.text(body.path("error")).map(text -> " " + text).orElse("");
        String words = AnswerJson.text(body.path("error_description"))
                .or(() -> AnswerJson.text(body.path("error").path("message")))
                .or(() -> AnswerJson.text(body.path("message")))
                .map(text -> ": " + text)
                .orElse("");
        // before it is cut: no secret is found in a piece of it
        String all = clean.apply(code + words);
        return all.length() <= LONGEST_WORDS ? all : all.substring(0, LONGEST_WORDS) + "…";
    }
}
