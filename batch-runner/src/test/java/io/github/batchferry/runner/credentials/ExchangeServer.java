package io.github.batchferry.runner.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** GitHub's token service and a vendor's exchange on loopback. Tokens are numbered; what was asked is kept. */
public final class ExchangeServer implements AutoCloseable {
    /** One request as it came. */
    public record Asked(String target, Map<String, List<String>> headers, String body) {
        /** The first value of a header. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    private final HttpServer server;
    private final AtomicInteger proofs = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<Asked> identityAsked = new CopyOnWriteArrayList<>();
    private final List<Asked> exchangeAsked = new CopyOnWriteArrayList<>();

    // Mutable state
    private volatile int status = 200;
    private volatile String answer = "{\"access_token\":\"minted-token-%d\",\"expires_in\":2}";

    public ExchangeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/identity", exchange -> {
            identityAsked.add(asked(exchange));
            respond(exchange, 200, "{\"value\":\"signed-identity-" + proofs.incrementAndGet() + "\"}");
        });
        server.createContext("/oauth/token", exchange -> {
            exchangeAsked.add(asked(exchange));
            respond(exchange, status, status == 200 ? answer.formatted(tokens.incrementAndGet()) : answer);
        });
        server.start();
    }

    /** Has the exchange answer otherwise from now on; {@code %d} in a 200 is the token's number. */
    public void answers(int otherStatus, String body) {
        answer = body;
        status = otherStatus;
    }

    public String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The environment of a job that may prove who it is. */
    public Map<String, String> environment() {
        return Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                root() + "/identity?api-version=2.0",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                "request-token");
    }

    public List<Asked> identityAsked() {
        return List.copyOf(identityAsked);
    }

    public List<Asked> exchangeAsked() {
        return List.copyOf(exchangeAsked);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        return new Asked(
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
