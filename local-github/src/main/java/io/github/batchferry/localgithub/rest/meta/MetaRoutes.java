package io.github.batchferry.localgithub.rest.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is not about a repository. */
public final class MetaRoutes implements Routes {
    /** Calls per hour that GitHub allows a user; nothing is counted here. */
    public static final int RATE_LIMIT = 5000;

    private static final List<String> RESOURCES = List.of("core", "search", "graphql");
    private static final List<String> ADDRESSES =
            List.of("hooks", "web", "api", "git", "packages", "pages", "importer", "actions", "dependabot");

    private final String server;
    private final AccountJson accounts;
    private final Instant since;
    private final Clock clock;

    /** @param since when the user came here */
    public MetaRoutes(String server, AccountJson accounts, Instant since, Clock clock) {
        this.server = server;
        this.accounts = accounts;
        this.since = since;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open("GET", "/", this::root),
                Route.open("GET", "/meta", this::meta),
                Route.open("GET", "/rate_limit", this::rateLimit),
                Route.of("GET", "/user", Route.ANY_USE, Access.NONE, this::user));
    }

    /** {@code GET /}. */
    public Response root(Request request) {
        return Response.ok(RootJson.of(server));
    }

    /** {@code GET /meta}; no addresses are published. */
    public Response meta(Request request) {
        ObjectNode meta = Json.object().put("verifiable_password_authentication", false);
        ADDRESSES.forEach(meta::putArray);
        return Response.ok(meta);
    }

    /** {@code GET /rate_limit}; the limit is never used up. */
    public Response rateLimit(Request request) {
        ObjectNode limits = Json.object();
        ObjectNode resources = limits.putObject("resources");
        RESOURCES.forEach(resource -> resources.set(resource, limit()));
        limits.set("rate", limit());
        return Response.ok(limits);
    }

    private ObjectNode limit() {
        return Json.object()
                .put("limit", RATE_LIMIT)
                .put("remaining", RATE_LIMIT)
                .put("reset", reset())
                .put("used", 0);
    }

    /** What every answer says of the limits and of the token. */
    public Map<String, String> headers() {
        return Map.of(
                "X-RateLimit-Limit", "" + RATE_LIMIT,
                "X-RateLimit-Remaining", "" + RATE_LIMIT,
                "X-RateLimit-Used", "0",
                "X-RateLimit-Reset", "" + reset(),
                "X-OAuth-Scopes", "repo, workflow");
    }

    /** When the hour of the rate limit ends, in seconds of Unix time. */
    public long reset() {
        long hour = 3600;
        return (clock.instant().getEpochSecond() / hour + 1) * hour;
    }

    /** {@code GET /user}; a job's token is no user. */
    public Response user(Request request) throws ApiException {
        if (!(request.caller() instanceof Caller.User)) {
            throw new ApiException(403, "Resource not accessible by integration");
        }
        return Response.ok(accounts.privateUser(request.caller().login(), "Local user", since));
    }
}
