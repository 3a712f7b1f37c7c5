package io.github.batchferry.localgithub.page;

import com.sun.net.httpserver.HttpExchange;
import io.github.batchferry.localgithub.http.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a browser says of itself with a call. */
record BrowserCall(HttpExchange exchange) {
    /** First segments of the paths of the API, where no page is. */
    private static final Set<String> API = Set.of(
            "api",
            "app",
            "graphql",
            "installation",
            "meta",
            "orgs",
            "rate_limit",
            "repos",
            "repositories",
            "search",
            "user",
            "users");

    private static final String OWN = "_page";

    List<String> segments() {
        return Paths.segments(exchange.getRequestURI().getRawPath());
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    String method() {
        return exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
    }

    String header(String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /**
     * Whether the call is for a page and not for the API, which shares some paths.
     *
     * @param cookie name of the one that only browsers with a session have; when they load a file, they take any type
     */
    boolean isForPages(String cookie) {
        String first = segments().isEmpty() ? "" : segments().get(0);
        if (first.equals(OWN) || path().equals(SignIn.PATH) || path().equals(Assets.ICON)) {
            return true;
        }
        return !first.startsWith("_")
                && !first.startsWith(".")
                && !API.contains(first)
                && (prefersHtml() || cookie(cookie).isPresent());
    }

    private boolean prefersHtml() {
        String accept = header("Accept").toLowerCase(Locale.ROOT);
        double html = quality(accept, "text/html");
        return html > 0 && html >= quality(accept, "application/json") && !accept.contains("application/vnd.github");
    }

    private static double quality(String accept, String type) {
        return Arrays.stream(accept.split(","))
                .map(range -> range.strip().split("\\s*;\\s*"))
                .filter(range -> range[0].equals(type))
                .mapToDouble(BrowserCall::quality)
                .max()
                .orElse(0);
    }

    private static double quality(String[] range) {
        return Arrays.stream(range)
                .filter(parameter -> parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)"))
                .mapToDouble(parameter -> Double.parseDouble(parameter.substring(2)))
                .findFirst()
                .orElse(1);
    }

    /** Value of a cookie. */
    Optional<String> cookie(String name) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }
}
