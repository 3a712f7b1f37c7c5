package io.github.batchferry.localgithub.workflow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code uses} of a step. */
public sealed interface ActionReference {
    /**
     * A folder of the workspace with an {@code action.yml}.
     *
     * @param path relative to the workspace, without {@code ./} in front; empty for the workspace itself
     */
    record Local(String path) implements ActionReference {
        @Override
        public String toString() {
            return "./" + path;
        }
    }

    /**
     * An action in a repository.
     *
     * @param name such as {@code actions/checkout}
     * @param path of a folder in it; empty for its root
     * @param ref branch, tag or commit
     */
    record Published(String name, String path, String ref) implements ActionReference {
        @Override
        public String toString() {
            return name + (path.isEmpty() ? "" : "/" + path) + "@" + ref;
        }
    }

    /** Takes the text of {@code uses} apart; empty if it is neither of these, such as {@code docker://image}. */
    static Optional<ActionReference> parse(String text) {
        if (text.equals(".") || text.startsWith("./")) {
            return Optional.of(
                    new Local(text.substring(Math.min(2, text.length())).replaceAll("/+$", "")));
        }
        Matcher published = Pattern.compile("([A-Za-z0-9-]+/[A-Za-z0-9._-]+)((?:/[^@/]+)*+)@(\\S+)")
                .matcher(text);
        return published.matches()
                ? Optional.of(new Published(
                        published.group(1), published.group(2).replaceFirst("^/", ""), published.group(3)))
                : Optional.empty();
    }
}
