package io.github.batchferry.localgithub.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.batchferry.localgithub.server.Addresses;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A call as it came in, before anybody knows what it is about.
 *
 * @param method HTTP method; GET for HEAD
 * @param path as it was sent
 * @param segments decoded segments of the path, as routes know it
 * @param served whether the path is one of the API at all
 * @param query parameters
 * @param headers name in lower case to value
 * @param horizon see {@link Request}
 */
record Incoming(
        String method,
        String path,
        List<String> segments,
        boolean served,
        Map<String, String> query,
        Map<String, String> headers,
        Instant horizon) {
    /** Header that asks for a version of the API. */
    static final String VERSION = "x-github-api-version";

    static Incoming of(HttpExchange exchange, Addresses addresses) {
        String path = exchange.getRequestURI().getRawPath();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Incoming(
                exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod(),
                path,
                Paths.segments(addresses.route(path).orElse("/")),
                addresses.route(path).isPresent(),
                Paths.query(exchange.getRequestURI().getRawQuery()),
                Map.copyOf(headers),
                exchange.getAttribute(Router.HORIZON) instanceof Instant horizon ? horizon : Instant.MAX);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Whether it is about what lies beside the API, such as temporary links, where nothing is counted. */
    boolean beside() {
        return !segments.isEmpty()
                && segments.get(0).startsWith("_")
                && !segments.get(0).equals(Addresses.UPLOADS);
    }

    /** Whether it never counts against a limit. */
    boolean isFree() {
        return beside() || segments.equals(List.of("rate_limit"));
    }

    /** Which of a caller's limits it counts against. */
    String resource() {
        return segments.equals(List.of("graphql")) ? "graphql" : "core";
    }
}
