package io.github.batchferry.localgithub.graphql;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A part of a list, as GraphQL pages it.
 *
 * @param all the whole list
 * @param from first index of the part
 * @param to index behind its last
 */
record Connection(List<?> all, int from, int to) {
    private static final int LARGEST = 100;

    /** An element with its place. */
    record Edge(Object node, String cursor) {}

    /** The part that {@code first}, {@code last}, {@code after} and {@code before} ask for. */
    static Connection of(List<?> all, Arguments arguments) throws GraphException {
        int from = arguments.text("after").isPresent() ? index(arguments.needed("after")) + 1 : 0;
        int to = arguments.text("before").isPresent() ? index(arguments.needed("before")) : all.size();
        int start = Math.min(from, all.size());
        int end = Math.max(start, Math.min(to, all.size()));
        OptionalInt first = limit("first", arguments);
        OptionalInt last = limit("last", arguments);
        if (first.isPresent()) {
            return new Connection(all, start, Math.min(end, start + first.getAsInt()));
        }
        return new Connection(all, last.isPresent() ? Math.max(start, end - last.getAsInt()) : start, end);
    }

    private static OptionalInt limit(String name, Arguments arguments) throws GraphException {
        OptionalInt limit = arguments.number(name);
        if (limit.isPresent() && (limit.getAsInt() < 0 || limit.getAsInt() > LARGEST)) {
            throw new GraphException(
                    "EXCESSIVE_PAGINATION",
                    "cannot take " + limit.getAsInt() + " for `" + name + "`: expected 0 to " + LARGEST);
        }
        return limit;
    }

    private static int index(String cursor) throws GraphException {
        try {
            return Integer.parseInt(new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8)
                    .replaceFirst("^cursor:", ""));
        } catch (IllegalArgumentException e) {
            throw new GraphException(
                    "INVALID_CURSOR_ARGUMENTS", "`" + cursor + "` does not appear to be a valid cursor.");
        }
    }

    private static String cursor(int index) {
        return Base64.getEncoder().encodeToString(("cursor:" + index).getBytes(StandardCharsets.UTF_8));
    }

    List<Edge> edges() {
        return IntStream.range(from, to)
                .mapToObj(index -> new Edge(all.get(index), cursor(index)))
                .toList();
    }

    /** The types that every list of a type has. */
    static List<GraphType<?>> types(String type) {
        return List.of(
                new GraphType<Connection>(type + "Connection")
                        .object("nodes", type, part -> part.all.subList(part.from, part.to))
                        .object("edges", type + "Edge", Connection::edges)
                        .object("pageInfo", "PageInfo", part -> part)
                        .value("totalCount", part -> part.all.size()),
                new GraphType<Edge>(type + "Edge")
                        .object("node", type, Edge::node)
                        .value("cursor", Edge::cursor));
    }

    /** The type of what is said about a part. */
    static GraphType<Connection> pageInfo() {
        return new GraphType<Connection>("PageInfo")
                .value("hasNextPage", part -> part.to < part.all.size())
                .value("hasPreviousPage", part -> part.from > 0)
                .value("startCursor", part -> part.from == part.to ? null : cursor(part.from))
                .value("endCursor", part -> part.from == part.to ? null : cursor(part.to - 1));
    }
}
