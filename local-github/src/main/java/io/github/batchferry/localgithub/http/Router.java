package io.github.batchferry.localgithub.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.store.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the route of a call, sees to it that the caller may use it, and sends the answer. Thread-safe. */
public final class Router implements HttpHandler {
    private static final int LARGEST_BODY = 8 << 20;

    private final Repositories repositories;
    private final Tokens tokens;
    private final List<Route> routes;
    private final Supplier<Map<String, String>> headers;

    /**
     * @param routes all there are
     * @param headers what every answer carries, asked for at each
     */
    public Router(Repositories repositories, Tokens tokens, List<Route> routes, Supplier<Map<String, String>> headers) {
        this.repositories = repositories;
        this.tokens = tokens;
        this.routes = List.copyOf(routes);
        this.headers = headers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Response response;
            try {
                response = answer(exchange);
            } catch (ApiException e) {
                response = e.response();
            } catch (IllegalArgumentException e) {
                response = new ApiException(400, "Bad Request: " + e.getMessage()).response();
            } catch (IOException | RuntimeException e) {
                response = new ApiException(500, "the embedded GitHub failed: " + e).response();
            }
            send(exchange, response);
        }
    }

    private Response answer(HttpExchange exchange) throws IOException, ApiException {
        byte[] body = body(exchange);
        Optional<Caller> caller = caller(exchange);
        List<String> segments = Paths.segments(exchange.getRequestURI().getRawPath());
        for (Route route : routes) {
            Optional<Map<String, String>> path = route.match(segments);
            if (path.isPresent() && route.method().equals(exchange.getRequestMethod())) {
                Caller who = admit(route, caller);
                HostedRepository repository = path.get().containsKey("repo") ? find(route, who, path.get()) : null;
                return route.handler()
                        .handle(new Request(
                                who,
                                repository,
                                path.get(),
                                Paths.query(exchange.getRequestURI().getRawQuery()),
                                header(exchange, "Accept"),
                                body));
            }
        }
        somebody(caller);
        throw new ApiException(
                404,
                "Not Found: the embedded GitHub does not serve `" + exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getRawPath() + "` yet");
    }

    private static byte[] body(HttpExchange exchange) throws IOException, ApiException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ApiException(413, "Payload Too Large");
        }
        return body;
    }

    private Optional<Caller> caller(HttpExchange exchange) throws ApiException {
        String header = header(exchange, "Authorization");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        Optional<Caller> caller = Tokens.fromHeader(header).flatMap(tokens::find);
        if (caller.isEmpty() && !exchange.getRequestURI().getRawPath().startsWith("/" + TemporaryLinks.FOLDER)) {
            throw new ApiException(401, "Bad credentials");
        }
        return caller;
    }

    private static Caller admit(Route route, Optional<Caller> caller) throws ApiException {
        if (route.isOpen()) {
            return caller.orElse(null);
        }
        return somebody(caller);
    }

    private static Caller somebody(Optional<Caller> caller) throws ApiException {
        return caller.orElseThrow(() -> new ApiException(401, "Requires authentication"));
    }

    private HostedRepository find(Route route, Caller caller, Map<String, String> path)
            throws IOException, ApiException {
        if (!RepositoryName.valid(path.get("owner"), path.get("repo"))) {
            throw ApiException.notFound();
        }
        RepositoryName name = new RepositoryName(path.get("owner"), path.get("repo"));
        HostedRepository repository =
                caller.sees(name) ? repositories.find(name).orElse(null) : null;
        if (repository == null) {
            throw ApiException.notFound();
        }
        if (!caller.may(name, route.scope(), route.access())) {
            throw new ApiException(403, "Resource not accessible by integration");
        }
        return repository;
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private void send(HttpExchange exchange, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        this.headers.get().forEach(headers::set);
        response.headers().forEach(headers::set);
        String etag = response.headers().get("ETag");
        if (response.status() == 200
                && etag != null
                && header(exchange, "If-None-Match").contains(etag)) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        if (response.size() == 0) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        try (InputStream body = response.body().open()) {
            exchange.sendResponseHeaders(response.status(), response.size());
            try (OutputStream out = exchange.getResponseBody()) {
                body.transferTo(out);
            }
        }
    }
}
