package io.github.batchferry.localgithub.page.visit;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page and what makes it.
 *
 * @param method GET, or POST for forms
 * @param pattern segments of the path; {@code {name}} stands for one, {@code {name...}} as the last for all that follow
 * @param answer makes the page
 */
public record PageRoute(String method, List<String> pattern, Answer answer) {
    /** The path of a repository. */
    public static final String REPOSITORY = "/{owner}/{repo}";

    /** Makes a page. */
    @FunctionalInterface
    public interface Answer {
        Response to(Visit visit) throws IOException, ApiException;
    }

    /** Pages that belong together. */
    @FunctionalInterface
    public interface Pages {
        List<PageRoute> routes();
    }

    public PageRoute {
        pattern = List.copyOf(pattern);
    }

    /** A page to look at. */
    public static PageRoute get(String path, Answer answer) {
        return new PageRoute("GET", Paths.segments(path), answer);
    }

    /** A form to send. */
    public static PageRoute post(String path, Answer answer) {
        return new PageRoute("POST", Paths.segments(path), answer);
    }

    /** The values of the placeholders, if the path is this page's. */
    public Optional<Map<String, String>> match(List<String> segments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            if (i >= segments.size()) {
                return Optional.empty();
            }
            if (expected.endsWith("...}")) {
                values.put(
                        expected.substring(1, expected.length() - 4),
                        String.join("/", segments.subList(i, segments.size())));
                return Optional.of(values);
            }
            if (expected.startsWith("{")) {
                values.put(expected.substring(1, expected.length() - 1), segments.get(i));
            } else if (!expected.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return segments.size() == pattern.size() ? Optional.of(values) : Optional.empty();
    }
}
