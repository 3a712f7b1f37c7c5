package io.github.batchferry.localgithub.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.server.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the route of a call, sees to it that the caller may use it, and has it answered. Thread-safe. */
public final class Router implements HttpHandler {
    /** Attribute of an exchange: the {@link Request#horizon()} of its call, an {@link java.time.Instant}. */
    public static final String HORIZON = "io.github.batchferry.localgithub.horizon";

    /** Holds a blob as large as GitHub takes, 40 MiB, in Base64. */
    private static final int LARGEST_BODY = 64 << 20;

    private final Addresses addresses;
    private final Tokens tokens;
    private final RateLimits limits;
    private final RouteTable routes;

    /** @param routes all there are */
    public Router(
            Addresses addresses, Repositories repositories, Tokens tokens, RateLimits limits, List<Route> routes) {
        this.addresses = addresses;
        this.tokens = tokens;
        this.limits = limits;
        this.routes = new RouteTable(repositories, routes);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Incoming call = Incoming.of(exchange, addresses);
            Optional<Caller> caller =
                    Tokens.fromHeader(call.header("authorization")).flatMap(tokens::find);
            new Outgoing(exchange, call, caller, addresses, limits).send(answer(exchange, call, caller));
        }
    }

    private Response answer(HttpExchange exchange, Incoming call, Optional<Caller> caller) {
        try {
            return route(exchange, call, caller);
        } catch (ApiException e) {
            return e.response();
        } catch (IllegalArgumentException e) {
            return new ApiException(400, "Bad Request: " + e.getMessage()).response();
        } catch (IOException | RuntimeException e) {
            return new ApiException(500, "the embedded GitHub failed: " + e).response();
        }
    }

    private Response route(HttpExchange exchange, Incoming call, Optional<Caller> caller)
            throws IOException, ApiException {
        Optional<RouteTable.Match> match =
                call.served() ? routes.match(call.method(), call.segments()) : Optional.empty();
        if (match.filter(found -> found.route().takesUpload()).isEmpty()) {
            return handle(call, caller, match, body(exchange), InputStream.nullInputStream());
        }
        try (InputStream upload = exchange.getRequestBody()) {
            try {
                return handle(call, caller, match, new byte[0], upload);
            } finally {
                // who is refused hears of it only after everything was sent
                upload.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private Response handle(
            Incoming call, Optional<Caller> caller, Optional<RouteTable.Match> match, byte[] body, InputStream upload)
            throws IOException, ApiException {
        checkVersion(call);
        if (match.isEmpty()) {
            somebody(call, caller);
            throw notServed(call);
        }
        Route route = match.get().route();
        Caller who = route.isUnchecked() ? null : admit(route, call, caller);
        return route.handler()
                .handle(new Request(
                        who,
                        routes.repository(match.get(), who),
                        match.get().path(),
                        call.query(),
                        call.headers(),
                        body,
                        upload,
                        call.horizon()));
    }

    private static ApiException notServed(Incoming call) {
        return new ApiException(
                404, "Not Found: the embedded GitHub does not serve `" + call.method() + " " + call.path() + "` yet");
    }

    private static byte[] body(HttpExchange exchange) throws IOException, ApiException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ApiException(413, "Payload Too Large");
        }
        return body;
    }

    private void checkVersion(Incoming call) throws ApiException {
        List<String> supported = addresses.mode().apiVersions();
        String wanted = call.header(Incoming.VERSION);
        if (!wanted.isEmpty() && !supported.contains(wanted)) {
            throw new ApiException(
                    400,
                    "The version you specified in the \"X-GitHub-API-Version\" request header, \"" + wanted
                            + "\", is not a supported version. The following versions are currently supported: "
                            + supported.stream()
                                    .map(version -> "\"" + version + "\""
                                            + (version.equals(supported.get(0)) ? " (most recent)" : ""))
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
    }

    private Caller admit(Route route, Incoming call, Optional<Caller> caller) throws ApiException {
        Caller who = route.isOpen() && call.header("authorization").isEmpty() ? null : somebody(call, caller);
        if (!call.isFree()) {
            limits.admit(caller, call.resource());
        }
        return who;
    }

    private static Caller somebody(Incoming call, Optional<Caller> caller) throws ApiException {
        boolean said = !call.header("authorization").isEmpty();
        return caller.orElseThrow(() -> new ApiException(401, said ? "Bad credentials" : "Requires authentication"));
    }
}
