package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small changes to a text of lines, such as people and merges make. */
final class Mutations {
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            "- ",
            "\n",
            "\"",
            "'",
            "${{",
            "}}",
            "*env",
            "&a ",
            "*step",
            "<<",
            "!!int ",
            "~",
            "|",
            "#",
            "%",
            "@",
            "\t",
            "  ",
            ",",
            "1e999",
            "-1",
            "true",
            "null",
            "__",
            "é",
            "\u2028",
            "\0",
            "\uD83D\uDE80",
            "&b [*b]",
            "? ",
            "docker://x",
            "secrets.A",
            "((",
            "))");

    /** Changes lines, at a place and with a choice. */
    interface Kind {
        void change(List<String> lines, int place, int choice);
    }

    static final List<Kind> KINDS = List.of(
            (lines, place, choice) -> lines.remove(place),
            (lines, place, choice) -> lines.add(choice % lines.size(), lines.get(place)),
            (lines, place, choice) -> lines.set(place, "  " + lines.get(place)),
            (lines, place, choice) -> lines.set(place, lines.get(place).replaceFirst("^  ", "")),
            (lines, place, choice) -> lines.set(place, lines.get(place).replaceFirst(":.*", ":")),
            (lines, place, choice) -> lines.set(
                    place,
                    lines.get(place).replaceFirst(":.*", ": " + piece(choice).replace("$", "\\$"))),
            (lines, place, choice) -> lines.set(place, insert(lines.get(place), choice)),
            (lines, place, choice) -> lines.set(place, cut(lines.get(place), choice)),
            (lines, place, choice) -> lines.set(place, lines.set(choice % lines.size(), lines.get(place))));

    private Mutations() {}

    /** A change of one kind. */
    record Mutation(int kind, int place, int choice) {}

    static String apply(List<Mutation> mutations, String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
        for (Mutation mutation : mutations) {
            KINDS.get(mutation.kind()).change(lines, mutation.place() % lines.size(), mutation.choice());
        }
        return String.join("\n", lines);
    }

    private static String piece(int choice) {
        return PIECES.get(choice % PIECES.size());
    }

    private static String insert(String line, int choice) {
        int at = choice % (line.length() + 1);
        return line.substring(0, at) + piece(choice / 7) + line.substring(at);
    }

    private static String cut(String line, int choice) {
        int at = line.isEmpty() ? 0 : choice % line.length();
        return line.substring(0, at) + line.substring(Math.min(at + 1, line.length()));
    }
}
