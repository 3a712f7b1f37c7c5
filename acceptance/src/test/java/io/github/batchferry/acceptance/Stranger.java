package io.github.batchferry.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A host that nobody configured. It answers everything and remembers who came. */
final class Stranger implements Closeable {
    private final HttpServer server;
    private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();

    /** A request that arrived. */
    record Visit(String method, String target, Optional<String> authorization) {}

    Stranger() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::welcome);
        server.start();
    }

    private void welcome(HttpExchange exchange) throws IOException {
        try (exchange) {
            visits.add(new Visit(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
            byte[] body = "a line".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Visit> visits() {
        return List.copyOf(visits);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
