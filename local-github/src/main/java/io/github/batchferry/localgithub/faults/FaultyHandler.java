package io.github.batchferry.localgithub.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Router;
import io.github.batchferry.localgithub.server.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets another handler answer, as well or as badly as the faults want it. Thread-safe. */
public final class FaultyHandler implements HttpHandler {
    private static final int LIMIT = 5000;

    private final HttpHandler handler;
    private final Faults faults;
    private final Addresses addresses;
    private final Executor workers;
    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();

    /** @param workers threads for calls that are carried out later; none waits in them */
    public FaultyHandler(HttpHandler handler, Faults faults, Addresses addresses, Executor workers, Clock clock) {
        this.handler = handler;
        this.faults = faults;
        this.addresses = addresses;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Optional<Fault> fault = faults.next(
                exchange.getRequestMethod(),
                addresses.route(path).orElse(path),
                Paths.query(exchange.getRequestURI().getRawQuery()).keySet());
        if (fault.isEmpty()) {
            handler.handle(exchange);
        } else {
            handle(exchange, fault.get());
        }
    }

    private void handle(HttpExchange exchange, Fault fault) throws IOException {
        if (fault instanceof Fault.Latency latency) {
            handleLater(exchange, latency.time());
        } else if (fault instanceof Fault.Answer answer) {
            answer(exchange, answer);
        } else if (fault instanceof Fault.PrimaryLimit limit) {
            answer(exchange, primary(limit));
        } else if (fault instanceof Fault.SecondaryLimit limit) {
            answer(exchange, secondary(limit));
        } else if (fault instanceof Fault.LostAnswer) {
            lose(exchange);
        } else if (fault instanceof Fault.CutAnswer cut) {
            cut(exchange, cut.bytes());
        } else if (fault instanceof Fault.LateRuns late) {
            handler.handle(seeingUntil(exchange, late.time()));
        } else if (fault instanceof Fault.StaleLists stale) {
            handler.handle(seeingUntil(exchange, stale.time()));
        } else {
            handler.handle(new ChangingExchange(exchange, changes.incrementAndGet()));
        }
    }

    private void handleLater(HttpExchange exchange, Duration time) {
        Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, workers);
        later.execute(() -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (IOException e) {
                // the caller is gone
            }
        });
    }

    private static void answer(HttpExchange exchange, Fault.Answer answer) throws IOException {
        try (exchange;
                InputStream request = exchange.getRequestBody()) {
            request.transferTo(OutputStream.nullOutputStream());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Fault.Answer primary(Fault.PrimaryLimit limit) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", "" + LIMIT);
        headers.put("X-RateLimit-Remaining", "0");
        headers.put("X-RateLimit-Used", "" + LIMIT);
        headers.put(
                "X-RateLimit-Reset", "" + clock.instant().plus(limit.reset()).getEpochSecond());
        headers.put("X-RateLimit-Resource", "core");
        return new Fault.Answer(
                limit.status(), headers, error(limit.status(), "API rate limit exceeded for user local."));
    }

    private static Fault.Answer secondary(Fault.SecondaryLimit limit) throws IOException {
        return new Fault.Answer(
                limit.status(),
                limit.retryAfter()
                        .map(time -> Map.of("Retry-After", "" + time.toSeconds()))
                        .orElse(Map.of()),
                error(
                        limit.status(),
                        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."));
    }

    private static String error(int status, String message) throws IOException {
        try (InputStream body =
                new ApiException(status, message).response().body().open()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void lose(HttpExchange exchange) throws IOException {
        try (exchange) {
            handler.handle(new CutExchange(exchange, -1));
            // closed without an answer, the server ends the connection
        }
    }

    private void cut(HttpExchange exchange, long bytes) throws IOException {
        handler.handle(new CutExchange(exchange, bytes));
        throw new IOException("the connection breaks, as a fault wants it");
    }

    private HttpExchange seeingUntil(HttpExchange exchange, Duration ago) {
        return new ForwardingExchange(exchange) {
            @Override
            public Object getAttribute(String name) {
                return name.equals(Router.HORIZON) ? clock.instant().minus(ago) : super.getAttribute(name);
            }
        };
    }
}
