package io.github.batchferry.localgithub.execution.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A command that a step gives by a line of its output, such as {@code ::warning file=a.txt,line=3::Mind this}.
 *
 * @param name in lower case
 * @param properties found without regard to case
 * @param data what follows the second pair of colons
 */
record WorkflowCommand(String name, Map<String, String> properties, String data) {
    private static final String COLONS = "::";

    WorkflowCommand {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(properties);
        properties = Collections.unmodifiableMap(copy);
    }

    /** Takes a line apart; empty if it has not the form of a command. Also understands the older {@code ##[name]data}. */
    static Optional<WorkflowCommand> parse(String line) {
        String stripped = line.stripLeading();
        if (stripped.startsWith(COLONS)) {
            int end = stripped.indexOf(COLONS, COLONS.length());
            return end < 0
                    ? Optional.empty()
                    : of(stripped.substring(COLONS.length(), end), ",", stripped.substring(end + COLONS.length()), NEW);
        }
        int open = line.indexOf("##[");
        int close = line.indexOf(']', Math.max(open, 0));
        return open < 0 || close < 0
                ? Optional.empty()
                : of(line.substring(open + 3, close), ";", line.substring(close + 1), OLD);
    }

    /** How characters that mean something else are written: code and character, percent last. */
    private record Escapes(List<String> ofData, List<String> ofProperties) {
        String data(String text) {
            return replace(text, ofData);
        }

        String property(String text) {
            return replace(text, ofProperties);
        }

        private static String replace(String text, List<String> pairs) {
            String replaced = text;
            for (int i = 0; i < pairs.size(); i += 2) {
                replaced = replaced.replace(pairs.get(i), pairs.get(i + 1));
            }
            return replaced;
        }
    }

    private static final Escapes NEW = new Escapes(
            List.of("%0D", "\r", "%0A", "\n", "%25", "%"),
            List.of("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%"));
    private static final Escapes OLD = new Escapes(
            List.of("%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%"),
            List.of("%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%"));

    private static Optional<WorkflowCommand> of(String head, String separator, String data, Escapes escapes) {
        String[] words = head.split(" ", 2);
        if (words[0].isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> properties = new TreeMap<>();
        for (String pair : words.length < 2 ? List.<String>of() : parts(words[1].strip(), separator)) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                properties.put(pair.substring(0, equals), escapes.property(pair.substring(equals + 1)));
            }
        }
        return Optional.of(new WorkflowCommand(words[0].toLowerCase(Locale.ROOT), properties, escapes.data(data)));
    }

    private static List<String> parts(String text, String separator) {
        List<String> parts = new ArrayList<>(List.of(text.split(separator)));
        parts.removeIf(String::isEmpty);
        return parts;
    }

    /** A property; empty if it is missing. */
    Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key));
    }
}
