package io.github.batchferry.localgithub.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.server.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Sends the answer to a call, with the headers that every answer of GitHub has. */
final class Outgoing {
    private static final String SCOPES = "repo, workflow, read:org";

    private final HttpExchange exchange;
    private final Incoming call;
    private final Optional<Caller> caller;
    private final Addresses addresses;
    private final RateLimits limits;

    Outgoing(HttpExchange exchange, Incoming call, Optional<Caller> caller, Addresses addresses, RateLimits limits) {
        this.exchange = exchange;
        this.call = call;
        this.caller = caller;
        this.addresses = addresses;
        this.limits = limits;
    }

    void send(Response response) throws IOException {
        Response answer = new SpokenHost(exchange.getRequestURI(), addresses).apply(response);
        boolean unchanged = unchanged(answer);
        if (!unchanged && !call.isFree()) {
            limits.count(caller, call.resource());
        }
        if (!call.beside()) {
            addHeaders();
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (unchanged || answer.size() == 0) {
            exchange.sendResponseHeaders(unchanged ? 304 : answer.status(), -1);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", "" + answer.size());
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            sendBody(answer);
        }
    }

    private void sendBody(Response answer) throws IOException {
        try (InputStream body = answer.body().open()) {
            exchange.sendResponseHeaders(answer.status(), answer.size());
            try (OutputStream out = exchange.getResponseBody()) {
                body.transferTo(out);
            }
        }
    }

    private boolean unchanged(Response answer) {
        String etag = answer.headers().get("ETag");
        return answer.status() == 200
                && etag != null
                && call.header("if-none-match").contains(etag);
    }

    private void addHeaders() {
        Headers headers = exchange.getResponseHeaders();
        String version = call.header(Incoming.VERSION);
        headers.set("X-GitHub-Api-Version-Selected", version.isEmpty() ? Mode.USUAL_API_VERSION : version);
        headers.set(
                "X-GitHub-Media-Type",
                "github.v3; format=" + (call.header("accept").contains(".raw") ? "raw" : "json"));
        if (addresses.mode() == Mode.GHES) {
            headers.set("X-GitHub-Enterprise-Version", Mode.GHES_VERSION);
        }
        if (caller.orElse(null) instanceof Caller.User) {
            headers.set("X-OAuth-Scopes", SCOPES);
        }
        if (limits.shown()) {
            RateLimits.Standing standing = limits.standing(caller, call.resource());
            headers.set("X-RateLimit-Limit", "" + standing.limit());
            headers.set("X-RateLimit-Remaining", "" + standing.remaining());
            headers.set("X-RateLimit-Used", "" + standing.used());
            headers.set("X-RateLimit-Reset", "" + standing.reset());
            headers.set("X-RateLimit-Resource", call.resource());
        }
    }
}
