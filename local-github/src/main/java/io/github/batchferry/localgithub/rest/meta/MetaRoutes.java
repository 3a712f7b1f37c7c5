package io.github.batchferry.localgithub.rest.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.RateLimits;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.server.Mode;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is not about a repository. */
public final class MetaRoutes implements Routes {
    private static final int SEARCHES_PER_MINUTE = 30;
    private static final List<String> ADDRESSES =
            List.of("hooks", "web", "api", "git", "packages", "pages", "importer", "actions", "dependabot");

    private final Addresses addresses;
    private final AccountJson accounts;
    private final Instant since;
    private final RateLimits limits;

    /** @param since when the user came here */
    public MetaRoutes(Addresses addresses, AccountJson accounts, Instant since, RateLimits limits) {
        this.addresses = addresses;
        this.accounts = accounts;
        this.since = since;
        this.limits = limits;
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
        return Response.ok(RootJson.of(addresses.api().toString()));
    }

    /** {@code GET /meta}; no addresses are published. */
    public Response meta(Request request) {
        ObjectNode meta = Json.object().put("verifiable_password_authentication", false);
        ADDRESSES.forEach(meta::putArray);
        if (addresses.mode() == Mode.GHES) {
            meta.put("installed_version", Mode.GHES_VERSION);
        }
        return Response.ok(meta);
    }

    /** {@code GET /rate_limit}; there is nothing to search for, so nothing of that limit is ever used. */
    public Response rateLimit(Request request) throws ApiException {
        if (!limits.shown()) {
            throw new ApiException(404, "Rate limiting is not enabled.");
        }
        Optional<Caller> caller = Optional.ofNullable(request.caller());
        RateLimits.Standing core = limits.standing(caller, "core");
        ObjectNode answer = Json.object();
        ObjectNode resources = answer.putObject("resources");
        resources.set("core", json(core));
        resources.set("search", json(new RateLimits.Standing(SEARCHES_PER_MINUTE, 0, core.reset())));
        resources.set("graphql", json(limits.standing(caller, "graphql")));
        if (!request.apiVersion().equals(Mode.API_VERSION_2026)) {
            answer.set("rate", json(core));
        }
        return Response.ok(answer);
    }

    private static ObjectNode json(RateLimits.Standing standing) {
        return Json.object()
                .put("limit", standing.limit())
                .put("remaining", standing.remaining())
                .put("reset", standing.reset())
                .put("used", standing.used());
    }

    /** {@code GET /user}; a job's token is no user. */
    public Response user(Request request) throws ApiException {
        if (!(request.caller() instanceof Caller.User)) {
            throw new ApiException(403, "Resource not accessible by integration");
        }
        return Response.ok(accounts.privateUser(request.caller().login(), "Local user", since));
    }
}
