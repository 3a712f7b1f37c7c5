package io.github.batchferry.localgithub.http;

import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the API and what answers it.
 *
 * @param method HTTP method
 * @param pattern segments; {@code {name}} stands for one, {@code {name...}} for all up to the segments that follow it
 * @param scope permission that a job needs; empty if the route is open to anybody
 * @param access how far that permission must go
 * @param takesUpload whether its body is handed over as a stream, of any size
 * @param handler answers
 */
public record Route(
        String method, List<String> pattern, String scope, Access access, boolean takesUpload, Handler handler) {
    /** The path of a repository. */
    public static final String REPOSITORY = "/repos/{owner}/{repo}";

    /** The scope that every token has. */
    public static final String ANY_USE = "metadata";

    private static final String UNCHECKED = "*";

    /** Answers a call. */
    @FunctionalInterface
    public interface Handler {
        Response handle(Request request) throws IOException, ApiException;
    }

    public Route {
        pattern = List.copyOf(pattern);
    }

    /** A route for callers that have a permission. */
    public static Route of(String method, String path, String scope, Access access, Handler handler) {
        return new Route(method, Paths.segments(path), scope, access, false, handler);
    }

    /** A route for anybody, without a token. */
    public static Route open(String method, String path, Handler handler) {
        return of(method, path, "", Access.NONE, handler);
    }

    /** A route that needs no token of this GitHub: its handler itself looks at who calls, if it needs to. */
    public static Route unchecked(String method, String path, Handler handler) {
        return of(method, path, UNCHECKED, Access.NONE, handler);
    }

    /** The same route for bodies of any size. */
    public Route forUploads() {
        return new Route(method, pattern, scope, access, true, handler);
    }

    /** Whether anybody may call it, without a token. */
    public boolean isOpen() {
        return scope.isEmpty();
    }

    /** Whether nobody looks at who calls before the handler does. */
    public boolean isUnchecked() {
        return scope.equals(UNCHECKED);
    }

    /** Whether it takes whatever follows, so that other routes may lead further down. */
    public boolean endsOpen() {
        return many() == pattern.size() - 1 && many() >= 0;
    }

    /** The values of the placeholders, if the path is this route's. */
    public Optional<Map<String, String>> match(List<String> segments) {
        int many = many();
        if (many < 0) {
            return segments.size() == pattern.size() ? values(pattern, segments) : Optional.empty();
        }
        List<String> after = pattern.subList(many + 1, pattern.size());
        int end = segments.size() - after.size();
        // what is about a thing below a folder needs that thing; the folder itself may be asked for without
        if (end < many || end == many && !after.isEmpty()) {
            return Optional.empty();
        }
        return values(pattern.subList(0, many), segments.subList(0, many))
                .filter(values -> values(after, segments.subList(end, segments.size()))
                        .map(more -> {
                            values.putAll(more);
                            return true;
                        })
                        .isPresent())
                .map(values -> {
                    values.put(name(pattern.get(many), 4), String.join("/", segments.subList(many, end)));
                    return values;
                });
    }

    private int many() {
        for (int i = 0; i < pattern.size(); i++) {
            if (pattern.get(i).endsWith("...}")) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Map<String, String>> values(List<String> pattern, List<String> segments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            if (pattern.get(i).startsWith("{")) {
                values.put(name(pattern.get(i), 1), segments.get(i));
            } else if (!pattern.get(i).equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static String name(String placeholder, int end) {
        return placeholder.substring(1, placeholder.length() - end);
    }
}
