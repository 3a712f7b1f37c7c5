package io.github.batchferry.localgithub.rest;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.execution.Dispatcher;
import io.github.batchferry.localgithub.execution.RunQueue;
import io.github.batchferry.localgithub.execution.WorkflowCatalog;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers calls of the REST API. Thread-safe. */
public final class RestApi implements HttpHandler {
    private static final int LARGEST_BODY = 8 << 20;
    private static final String REPOSITORY = "/repos/{owner}/{repo}";
    private static final String ANY_USE = "metadata";

    private final Repositories repositories;
    private final Tokens tokens;
    private final MetaRoutes meta;
    private final List<Route> routes = new ArrayList<>();

    /** The parts of the embedded GitHub that the API shows. */
    public record Parts(
            StateDirectory directory,
            Repositories repositories,
            RunStore runs,
            RunQueue queue,
            Dispatcher dispatcher,
            Tokens tokens,
            SecureRandom random,
            Clock clock) {}

    public RestApi(URI server, Parts parts) {
        this.repositories = parts.repositories();
        this.tokens = parts.tokens();
        String url = server.toString();
        AccountJson accounts = new AccountJson(url);
        RepositoryJson repositoryJson = new RepositoryJson(url, accounts);
        RunJson runJson = new RunJson(repositoryJson, accounts);
        TemporaryLinks links = new TemporaryLinks(server, parts.random(), parts.clock());
        this.meta = new MetaRoutes(url, accounts, parts.clock());
        WorkflowRoutes workflows =
                new WorkflowRoutes(new WorkflowCatalog(), parts.dispatcher(), repositoryJson, runJson);
        addMeta(links);
        addContents(new ContentRoutes(repositoryJson, links));
        addWorkflows(workflows);
        addRuns(new RunRoutes(
                parts.directory(), parts.runs(), parts.queue(), workflows, repositoryJson, runJson, links));
    }

    private void addMeta(TemporaryLinks links) {
        add("GET", "/", "", Access.NONE, meta::root);
        add("GET", "/meta", "", Access.NONE, meta::meta);
        add("GET", "/rate_limit", "", Access.NONE, meta::rateLimit);
        add("GET", "/user", ANY_USE, Access.NONE, meta::user);
        add(
                "GET",
                "/" + TemporaryLinks.FOLDER + "/{key}",
                "",
                Access.NONE,
                request -> links.find(request.path().get("key"))
                        .orElseThrow(ApiException::notFound)
                        .open());
    }

    private void addContents(ContentRoutes contents) {
        add("GET", REPOSITORY, ANY_USE, Access.NONE, contents::repository);
        add("GET", REPOSITORY + "/contents/{path...}", "contents", Access.READ, contents::contents);
    }

    private void addWorkflows(WorkflowRoutes workflows) {
        String base = REPOSITORY + "/actions/workflows";
        add("GET", base, "actions", Access.READ, workflows::list);
        add("GET", base + "/{workflow}", "actions", Access.READ, workflows::get);
        add("POST", base + "/{workflow}/dispatches", "actions", Access.WRITE, workflows::dispatch);
    }

    private void addRuns(RunRoutes runs) {
        String base = REPOSITORY + "/actions/runs";
        add("GET", REPOSITORY + "/actions/workflows/{workflow}/runs", "actions", Access.READ, runs::ofWorkflow);
        add("GET", base, "actions", Access.READ, runs::list);
        add("GET", base + "/{run}", "actions", Access.READ, runs::get);
        add("GET", base + "/{run}/attempts/{attempt}", "actions", Access.READ, runs::attempt);
        add("GET", base + "/{run}/attempts/{attempt}/jobs", "actions", Access.READ, runs::jobsOfAttempt);
        add("GET", base + "/{run}/jobs", "actions", Access.READ, runs::jobs);
        add("POST", base + "/{run}/cancel", "actions", Access.WRITE, runs::cancel);
        add("POST", base + "/{run}/force-cancel", "actions", Access.WRITE, runs::forceCancel);
        add("POST", base + "/{run}/rerun", "actions", Access.WRITE, runs::rerun);
        add("GET", REPOSITORY + "/actions/jobs/{job}", "actions", Access.READ, runs::job);
        add("GET", REPOSITORY + "/actions/jobs/{job}/logs", "actions", Access.READ, runs::logs);
    }

    private void add(String method, String path, String scope, Access access, Route.Handler handler) {
        routes.add(Route.of(method, path, scope, access, handler));
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
        if (route.open()) {
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
        response.headers().forEach(headers::set);
        headers.set("X-RateLimit-Limit", "" + MetaRoutes.RATE_LIMIT);
        headers.set("X-RateLimit-Remaining", "" + MetaRoutes.RATE_LIMIT);
        headers.set("X-RateLimit-Used", "0");
        headers.set("X-RateLimit-Reset", "" + meta.reset());
        headers.set("X-OAuth-Scopes", "repo, workflow");
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
