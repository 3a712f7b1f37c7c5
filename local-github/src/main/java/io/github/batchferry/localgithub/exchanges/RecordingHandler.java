package io.github.batchferry.localgithub.exchanges;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets another handler answer and writes down what was said. Bodies are copied as they pass by. Thread-safe. */
public final class RecordingHandler implements HttpHandler {
    private final HttpHandler handler;
    private final ExchangeLog log;

    public RecordingHandler(HttpHandler handler, ExchangeLog log) {
        this.handler = handler;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        log.begin();
        Instant start = log.clock().instant();
        Map<String, String> requestHeaders = headers(exchange.getRequestHeaders());
        KeptBytes request = new KeptBytes();
        KeptBytes response = new KeptBytes();
        boolean answered = false;
        try {
            exchange.setStreams(
                    new CopiedInput(exchange.getRequestBody(), request),
                    new CopiedOutput(exchange.getResponseBody(), response));
            handler.handle(exchange);
            answered = exchange.getResponseCode() >= 0;
        } finally {
            log.end(new Exchange(
                    start,
                    Duration.between(start, log.clock().instant()).toMillis(),
                    exchange.getRequestMethod(),
                    Redaction.text(exchange.getRequestURI().toString()),
                    new Exchange.Message(requestHeaders, Redaction.content(request.content())),
                    exchange.getResponseCode(),
                    new Exchange.Message(headers(exchange.getResponseHeaders()), Redaction.content(response.content())),
                    answered));
        }
    }

    private static Map<String, String> headers(Headers headers) {
        Map<String, String> joined = new LinkedHashMap<>();
        headers.forEach((name, values) -> joined.put(name, Redaction.header(name, String.join(", ", values))));
        return joined;
    }
}
