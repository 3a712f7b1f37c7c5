package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The part of a sorted list that lies before or after an entry, which is named by a text.
 *
 * @param entries those of this page
 * @param size entries per page
 * @param newer name of the first entry, if there are others before it
 * @param older name of the last entry, if there are others after it
 */
record CursorPage<T>(List<T> entries, int size, Optional<String> newer, Optional<String> older) {
    /** Reads {@code before}, {@code after} and {@code per_page}. */
    static <T> CursorPage<T> of(Request request, List<T> all, Function<T, String> name) {
        int size = Page.of(request).size();
        Optional<String> before = request.parameter("before");
        Optional<String> after = request.parameter("after");
        List<T> fitting = all.stream()
                .filter(each -> before.map(cursor -> name.apply(each).compareTo(cursor) < 0)
                        .orElse(true))
                .filter(each -> after.map(cursor -> name.apply(each).compareTo(cursor) > 0)
                        .orElse(true))
                .toList();
        int from = before.isPresent() ? Math.max(0, fitting.size() - size) : 0;
        List<T> entries = fitting.subList(from, Math.min(fitting.size(), from + size));
        if (entries.isEmpty()) {
            return new CursorPage<>(entries, size, Optional.empty(), Optional.empty());
        }
        T first = entries.get(0);
        T last = entries.get(entries.size() - 1);
        return new CursorPage<>(
                entries,
                size,
                all.get(0) == first ? Optional.empty() : Optional.of(name.apply(first)),
                all.get(all.size() - 1) == last ? Optional.empty() : Optional.of(name.apply(last)));
    }

    /** Adds the {@code Link} header that leads to the pages beside this one, if there are any. */
    Response link(Response response, String url) {
        List<String> links = new ArrayList<>();
        newer.ifPresent(name -> links.add(link(url, "before", name, "prev")));
        older.ifPresent(name -> links.add(link(url, "after", name, "next")));
        return links.isEmpty() ? response : response.with("Link", String.join(", ", links));
    }

    private String link(String url, String parameter, String name, String relation) {
        String cursor = Paths.encode(name).replace("/", "%2F");
        return "<" + url + "?per_page=" + size + "&" + parameter + "=" + cursor + ">; rel=\"" + relation + "\"";
    }
}
