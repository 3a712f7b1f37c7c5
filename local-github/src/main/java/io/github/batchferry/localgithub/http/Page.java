package io.github.batchferry.localgithub.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of a list that a call asks for.
 *
 * @param number counted from 1
 * @param size entries per page, at most 100
 */
public record Page(int number, int size) {
    private static final int USUAL = 30;
    private static final int LARGEST = 100;

    /** Reads {@code page} and {@code per_page}; what makes no sense is taken for the usual, as GitHub does. */
    public static Page of(Request request) {
        return of(request, USUAL);
    }

    /** The same for a list whose pages are of another size if nobody says how large they shall be. */
    public static Page of(Request request, int usual) {
        if (request.parameter("per_page").isEmpty()) {
            return new Page(number(request, "page", 1), usual);
        }
        int size = number(request, "per_page", usual);
        return new Page(number(request, "page", 1), Math.min(LARGEST, size));
    }

    private static int number(Request request, String name, int usual) {
        return request.parameter(name)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .filter(value -> value > 0)
                .orElse(usual);
    }

    /** The entries of this page. */
    public <T> List<T> of(List<T> all) {
        int from = (int) Math.min(all.size(), (number - 1L) * size);
        return all.subList(from, Math.min(all.size(), from + size));
    }

    /** Adds the {@code Link} header that leads to the other pages, if there are any. */
    public Response link(Response response, String url, Map<String, String> query, int total) {
        int last = Math.max(1, (total + size - 1) / size);
        List<String> links = new ArrayList<>();
        if (number > 1) {
            links.add(link(url, query, number - 1, "prev"));
        }
        if (number < last) {
            links.add(link(url, query, number + 1, "next"));
            links.add(link(url, query, last, "last"));
        }
        if (number > 1) {
            links.add(link(url, query, 1, "first"));
        }
        return links.isEmpty() ? response : response.with("Link", String.join(", ", links));
    }

    private static String link(String url, Map<String, String> query, int page, String relation) {
        String others = query.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("page"))
                .map(parameter -> Paths.encode(parameter.getKey()) + "=" + Paths.encode(parameter.getValue()) + "&")
                .collect(Collectors.joining());
        return "<" + url + "?" + others + "page=" + page + ">; rel=\"" + relation + "\"";
    }
}
