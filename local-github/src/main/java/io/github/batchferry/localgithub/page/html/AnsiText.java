package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line with the escape sequences of terminals: the sixteen colours and bold are shown, all else is left out. */
final class AnsiText {
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b(?:\\[([0-?]*)[ -/]*([@-~])|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[@-Z\\\\-_])");
    private static final String[] COLOURS = {
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    };

    // Mutable state
    private final Set<String> classes = new TreeSet<>();
    private final List<Html> pieces = new ArrayList<>();

    private AnsiText() {}

    /** The line as markup. */
    static Html of(String line) {
        if (line.indexOf('\u001b') < 0) {
            return text(line);
        }
        AnsiText ansi = new AnsiText();
        Matcher sequence = SEQUENCE.matcher(line);
        int end = 0;
        while (sequence.find()) {
            ansi.add(line.substring(end, sequence.start()));
            if ("m".equals(sequence.group(2))) {
                ansi.change(sequence.group(1));
            }
            end = sequence.end();
        }
        ansi.add(line.substring(end));
        return Html.all(ansi.pieces);
    }

    private void add(String part) {
        if (!part.isEmpty()) {
            pieces.add(classes.isEmpty() ? text(part) : tag("span", css(String.join(" ", classes)), text(part)));
        }
    }

    private void change(String codes) {
        for (String code : codes.isEmpty() ? new String[] {"0"} : codes.split(";")) {
            int number = code.matches("\\d{1,3}") ? Integer.parseInt(code) : -1;
            if (number == 0) {
                classes.clear();
            } else if (number == 1) {
                classes.add("ansi-bold");
            } else if (number == 22) {
                classes.remove("ansi-bold");
            } else if (number == 38 || number == 48) {
                return; // a colour of 256 or more: the numbers that follow belong to it
            } else if (number == 39 || isColour(number)) {
                classes.removeIf(name -> !name.equals("ansi-bold"));
                if (number != 39) {
                    classes.add("ansi-" + COLOURS[number % 10]);
                }
            }
        }
    }

    private static boolean isColour(int number) {
        return number >= 30 && number <= 37 || number >= 90 && number <= 97;
    }
}
