package io.github.batchferry.localgithub.page;

import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers browsers: sees to it that a call comes from a page of ours or its owner, finds the page, sends it. */
public final class PageHandler implements HttpHandler {
    private static final int LARGEST_FORM = 64 << 10;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store",
            "Vary",
            "Accept, Cookie");

    private final Set<String> hosts;
    private final SignIn signIn;
    private final Repositories repositories;
    private final List<PageRoute> routes;
    private final Clock clock;

    PageHandler(int port, SignIn signIn, Repositories repositories, List<PageRoute> routes, Clock clock) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        this.signIn = signIn;
        this.repositories = repositories;
        this.routes = List.copyOf(routes);
        this.clock = clock;
    }

    /** Whether a call is for a page and not for the API. */
    public boolean serves(HttpExchange exchange) {
        try {
            return new BrowserCall(exchange).isForPages(signIn.cookie());
        } catch (IllegalArgumentException e) {
            return false; // an address that cannot be read is no page's
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            BrowserCall call = new BrowserCall(exchange);
            send(exchange, answer(call));
        }
    }

    private Response answer(BrowserCall call) throws IOException {
        if (!hosts.contains(call.header("Host"))) {
            return problem(421, "This GitHub is not called so", "Use the address that it printed when it started.");
        }
        try {
            return admitted(call);
        } catch (ApiException e) {
            return switch (e.status()) {
                case 404 -> problem(404, "There is no such page", "It may have been removed, or the address is wrong.");
                default -> problem(e.status(), "This cannot be done", e.getMessage());
            };
        } catch (IOException | RuntimeException e) {
            System.getLogger(PageHandler.class.getName())
                    .log(System.Logger.Level.ERROR, "the page " + call.path() + " broke down", e);
            return problem(500, "This page broke down", e.toString());
        }
    }

    private static Response problem(int status, String title, String advice) {
        return Layout.of(title)
                .response(
                        status,
                        tag("h1", text(title)),
                        tag("p", text(advice)),
                        tag("p", link("/", text("All repositories"))));
    }

    private Response admitted(BrowserCall call) throws IOException, ApiException {
        Optional<Response> asset = Assets.find(call.path());
        if (asset.isPresent()) {
            return asset.get();
        }
        Map<String, String> query = Paths.query(call.exchange().getRequestURI().getRawQuery());
        if (call.path().equals(SignIn.PATH)) {
            if (call.exchange().getRequestMethod().equals("HEAD")) {
                return Response.empty(204); // a program that looks whether a link works must not use it up
            }
            return call.method().equals("POST") ? signIn.take(form(call)) : signIn.open(query);
        }
        Optional<Sessions.Session> session = signIn.session(call);
        if (session.isEmpty()) {
            return signIn.refusal("You are not signed in.");
        }
        return page(call, query, session.get());
    }

    private Response page(BrowserCall call, Map<String, String> query, Sessions.Session session)
            throws IOException, ApiException {
        Map<String, String> form = call.method().equals("POST") ? form(call) : Map.of();
        if (call.method().equals("POST")) {
            checkForm(form, session);
        }
        for (PageRoute route : routes) {
            Optional<Map<String, String>> path = route.match(call.segments());
            if (path.isPresent() && route.method().equals(call.method())) {
                return route.answer()
                        .to(new Visit(
                                repository(path.get()),
                                path.get(),
                                form.isEmpty() ? query : form,
                                session.formToken(),
                                clock.instant()));
            }
        }
        throw ApiException.notFound();
    }

    private static Map<String, String> form(BrowserCall call) throws IOException, ApiException {
        byte[] body = call.exchange().getRequestBody().readNBytes(LARGEST_FORM + 1);
        if (body.length > LARGEST_FORM) {
            throw new ApiException(413, "What was sent is too large.");
        }
        return Paths.query(new String(body, StandardCharsets.UTF_8));
    }

    private static void checkForm(Map<String, String> form, Sessions.Session session) throws ApiException {
        if (!Sessions.equal(session.formToken(), form.getOrDefault(Visit.TOKEN_FIELD, ""))) {
            throw new ApiException(403, "Load the page again and send its form once more.");
        }
    }

    private HostedRepository repository(Map<String, String> path) throws IOException, ApiException {
        if (!path.containsKey("repo")) {
            return null;
        }
        if (!RepositoryName.valid(path.get("owner"), path.get("repo"))) {
            throw ApiException.notFound();
        }
        return repositories
                .find(new RepositoryName(path.get("owner"), path.get("repo")))
                .orElseThrow(ApiException::notFound);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        response.headers().forEach(exchange.getResponseHeaders()::set);
        if (response.size() == 0 || exchange.getRequestMethod().equals("HEAD")) {
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
