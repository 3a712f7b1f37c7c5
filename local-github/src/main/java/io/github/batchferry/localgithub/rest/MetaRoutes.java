package io.github.batchferry.localgithub.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.json.Json;
import java.time.Clock;
import java.util.List;

/** What is not about a repository. */
final class MetaRoutes {
    /** Calls per hour that GitHub allows a user; nothing is counted here. */
    static final int RATE_LIMIT = 5000;

    private static final List<String> RESOURCES = List.of("core", "search", "graphql");
    private static final List<String> ADDRESSES =
            List.of("hooks", "web", "api", "git", "packages", "pages", "importer", "actions", "dependabot");

    private final String server;
    private final AccountJson accounts;
    private final Clock clock;

    MetaRoutes(String server, AccountJson accounts, Clock clock) {
        this.server = server;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** {@code GET /}. */
    Response root(Request request) {
        return Response.ok(Json.object()
                .put("current_user_url", server + "/user")
                .put("rate_limit_url", server + "/rate_limit")
                .put("repository_url", server + "/repos/{owner}/{repo}"));
    }

    /** {@code GET /meta}; no addresses are published. */
    Response meta(Request request) {
        ObjectNode meta = Json.object().put("verifiable_password_authentication", false);
        ADDRESSES.forEach(meta::putArray);
        return Response.ok(meta);
    }

    /** {@code GET /rate_limit}; the limit is never used up. */
    Response rateLimit(Request request) {
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

    /** When the hour of the rate limit ends, in seconds of Unix time. */
    long reset() {
        long hour = 3600;
        return (clock.instant().getEpochSecond() / hour + 1) * hour;
    }

    /** {@code GET /user}; a job's token is no user. */
    Response user(Request request) throws ApiException {
        if (!(request.caller() instanceof Caller.User)) {
            throw new ApiException(403, "Resource not accessible by integration");
        }
        return Response.ok(accounts.simpleUser(request.caller().login()).put("name", "Local user"));
    }
}
