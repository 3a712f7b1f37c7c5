package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lets a part of the API ask another one, with no more rights than its own caller has. Thread-safe. */
public final class LocalCalls {
    private final RouteTable routes;

    /** @param routes what can be asked */
    public LocalCalls(Repositories repositories, List<Route> routes) {
        this.routes = new RouteTable(repositories, routes);
    }

    /**
     * Asks.
     *
     * @param target path and query
     * @return the answer; missing if there is none but that it worked
     * @throws ApiException as the other part refuses it
     */
    public JsonNode get(Caller caller, String target) throws IOException, ApiException {
        return call(caller, "GET", target, Json.MAPPER.missingNode());
    }

    /** Has something done. */
    public JsonNode call(Caller caller, String method, String target, JsonNode body) throws IOException, ApiException {
        String[] parts = target.split("\\?", 2);
        RouteTable.Match match = routes.match(method, Paths.segments(parts[0])).orElseThrow(ApiException::notFound);
        Response response = match.route()
                .handler()
                .handle(new Request(
                        caller,
                        routes.repository(match, caller),
                        match.path(),
                        Paths.query(parts.length > 1 ? parts[1] : null),
                        Map.of(),
                        body.isMissingNode() ? new byte[0] : Json.bytes(body),
                        InputStream.nullInputStream(),
                        Instant.MAX));
        try (InputStream in = response.body().open()) {
            return Json.MAPPER.readTree(in);
        }
    }
}
