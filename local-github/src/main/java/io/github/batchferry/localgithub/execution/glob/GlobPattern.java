package io.github.batchferry.localgithub.execution.glob;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * One line of patterns.
 *
 * @param excludes whether what matches is left out, by {@code !} in front
 * @param onlyDirectories whether files do not match, by a slash at the end
 * @param implicit whether it was made of another pattern, for all that lies below
 * @param segments names of an absolute path
 */
record GlobPattern(boolean excludes, boolean onlyDirectories, boolean implicit, List<Segment> segments) {
    GlobPattern {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a line.
     *
     * @param folder for relative patterns
     * @param home for those that begin with {@code ~}
     * @throws IllegalArgumentException if there is a dot segment, which is not allowed but as the first
     */
    static GlobPattern parse(String line, Path folder, Path home) {
        String text = line;
        boolean excludes = false;
        while (text.startsWith("!")) {
            excludes = !excludes;
            text = text.substring(1).strip();
        }
        List<Segment> segments = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(text.split("/+")));
        if (!text.startsWith("/")) {
            boolean atHome = names.get(0).equals("~");
            names(atHome ? home : folder).forEach(name -> segments.add(new Segment.Name(name)));
            if (atHome || names.get(0).equals(".")) {
                names.remove(0);
            }
        }
        names.removeIf(String::isEmpty);
        if (names.contains(".") || names.contains("..")) {
            throw new IllegalArgumentException(
                    "Invalid pattern '" + line + "'. Relative pathing '.' and '..' is not allowed.");
        }
        names.forEach(name -> segments.add(Segment.of(name)));
        return new GlobPattern(excludes, text.endsWith("/"), false, segments);
    }

    static List<String> names(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .map(Path::toString)
                .toList();
    }

    /** The pattern for all that lies below what this one matches. */
    GlobPattern below() {
        List<Segment> more = new ArrayList<>(segments);
        more.add(new Segment.AnyDepth());
        return new GlobPattern(excludes, false, true, more);
    }

    boolean endsInAnyDepth() {
        return !segments.isEmpty() && segments.get(segments.size() - 1) instanceof Segment.AnyDepth;
    }

    /** Whether a path matches. */
    boolean matches(List<String> path) {
        return matches(0, path, 0, false);
    }

    /** Whether something below a path may match. */
    boolean mayMatchBelow(List<String> path) {
        return matches(0, path, 0, true);
    }

    private boolean matches(int segment, List<String> path, int name, boolean partly) {
        if (name == path.size()) {
            return partly || segment == segments.size() || !implicit && onlyAnyDepthFrom(segment);
        }
        if (segment == segments.size()) {
            return false;
        }
        if (segments.get(segment) instanceof Segment.AnyDepth) {
            return segment == segments.size() - 1
                    || matches(segment + 1, path, name, partly)
                    || matches(segment, path, name + 1, partly);
        }
        return segments.get(segment).matches(path.get(name)) && matches(segment + 1, path, name + 1, partly);
    }

    private boolean onlyAnyDepthFrom(int segment) {
        return segments.subList(segment, segments.size()).stream().allMatch(Segment.AnyDepth.class::isInstance);
    }

    /** The folder or file to begin searching at: all before the first wildcard. */
    Path root() {
        Path root = Path.of("/");
        for (Segment segment : segments) {
            if (!(segment instanceof Segment.Name name)) {
                break;
            }
            root = root.resolve(name.name());
        }
        return root;
    }
}
