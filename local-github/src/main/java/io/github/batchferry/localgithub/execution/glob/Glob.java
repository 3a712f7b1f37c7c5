package io.github.batchferry.localgithub.execution.glob;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Patterns, one in a line: later ones add to what earlier ones found or, with {@code !} in front, take away from it.
 * What lies below a folder that matches, matches too. Lines that begin with {@code #} are comments.
 */
public final class Glob {
    private final List<GlobPattern> patterns;
    private final boolean followLinks;
    private final boolean hiddenToo;

    private Glob(List<GlobPattern> patterns, boolean followLinks, boolean hiddenToo) {
        this.patterns = patterns;
        this.followLinks = followLinks;
        this.hiddenToo = hiddenToo;
    }

    /**
     * Reads patterns.
     *
     * @param folder for relative ones, absolute
     * @param home for those that begin with {@code ~}
     * @param followLinks whether links to folders are searched
     * @param hiddenToo whether names that begin with a dot are found
     * @throws IllegalArgumentException if one is not what GitHub takes
     */
    public static Glob of(String text, Path folder, Path home, boolean followLinks, boolean hiddenToo) {
        List<GlobPattern> patterns = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                GlobPattern pattern = GlobPattern.parse(line, folder, home);
                patterns.add(pattern);
                if (pattern.onlyDirectories() || !pattern.endsInAnyDepth()) {
                    patterns.add(pattern.below());
                }
            }
        }
        return new Glob(List.copyOf(patterns), followLinks, hiddenToo);
    }

    /** Where it begins to search, outermost folders only, in the order of the patterns. */
    public List<Path> roots() {
        List<Path> all = patterns.stream()
                .filter(pattern -> !pattern.excludes())
                .map(GlobPattern::root)
                .distinct()
                .toList();
        return all.stream()
                .filter(root -> all.stream().noneMatch(other -> !other.equals(root) && root.startsWith(other)))
                .toList();
    }

    /**
     * Finds files, in the order of their names; of links, those that lead somewhere.
     *
     * @param eachStep called before each file or folder that is looked at; what it throws ends the search
     */
    public List<Path> files(Runnable eachStep) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : roots()) {
            search(root, new HashSet<>(), found, eachStep);
        }
        return found;
    }

    private void search(Path path, Set<Path> above, List<Path> found, Runnable eachStep) throws IOException {
        eachStep.run();
        List<String> names = GlobPattern.names(path);
        boolean below = patterns.stream().anyMatch(each -> !each.excludes() && each.mayMatchBelow(names));
        if (!below && !matches(names) || !Files.exists(path) || isLeftOut(path)) {
            return;
        }
        if (!isFolder(path)) {
            if (matches(names)) {
                found.add(path);
            }
        } else if (below && above.add(path.toRealPath())) { // a link to a folder above would never end
            for (Path child : children(path)) {
                search(child, above, found, eachStep);
            }
            above.remove(path.toRealPath());
        }
    }

    private boolean isFolder(Path path) {
        return followLinks ? Files.isDirectory(path) : Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isLeftOut(Path path) {
        return !hiddenToo
                && path.getFileName() != null
                && path.getFileName().toString().startsWith(".");
    }

    private boolean matches(List<String> names) {
        boolean matches = false;
        for (GlobPattern pattern : patterns) {
            if (pattern.matches(names) && !pattern.onlyDirectories()) {
                matches = !pattern.excludes();
            }
        }
        return matches;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted((one, other) -> one.getFileName()
                            .toString()
                            .compareTo(other.getFileName().toString()))
                    .toList();
        } catch (FileSystemException e) {
            throw new IOException(
                    "cannot read the folder `" + folder + "`: " + e.getClass().getSimpleName(), e);
        }
    }
}
