package io.github.batchferry.github;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells a listener of one exchange, without tokens. */
final class ExchangeReport {
    private static final int NO_ANSWER = 0;

    private final ApiExchange.Listener listener;
    private final HttpRequest request;
    private final long begun = System.nanoTime();

    ExchangeReport(ApiExchange.Listener listener, HttpRequest request) {
        this.listener = listener;
        this.request = request;
    }

    void answered(int status, HttpHeaders headers, String body) {
        tell(status, limits(headers), body, Optional.empty());
    }

    void failed(IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        tell(NO_ANSWER, new TreeMap<>(), "", Optional.of(reason));
    }

    private void tell(int status, SortedMap<String, String> limits, String body, Optional<String> failure) {
        listener.exchanged(new ApiExchange(
                request.method(),
                address(),
                status,
                Duration.ofNanos(System.nanoTime() - begun),
                limits,
                TokenText.hide(SentBody.of(request)),
                TokenText.hide(body),
                failure));
    }

    /** What is asked without a token is asked with a signed address, which would let its reader ask too. */
    private URI address() {
        URI whole = request.uri();
        boolean signed = request.headers().firstValue("Authorization").isEmpty() && whole.getRawQuery() != null;
        return signed ? URI.create(whole.toString().replaceFirst("\\?.*", "?***")) : whole;
    }

    private static SortedMap<String, String> limits(HttpHeaders headers) {
        SortedMap<String, String> limits = new TreeMap<>();
        headers.map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-ratelimit-") || lower.equals("retry-after")) {
                limits.put(lower, String.join(", ", values));
            }
        });
        return limits;
    }
}
