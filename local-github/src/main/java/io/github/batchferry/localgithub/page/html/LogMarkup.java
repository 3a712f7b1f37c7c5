package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a log as markup: groups that open and close, what the runner marks as an error or a warning in its colour, and
 * times apart from what was said. Not thread-safe.
 */
public final class LogMarkup {
    private static final Pattern LINE =
            Pattern.compile("(?s)(?:\\d{4}-\\d{2}-\\d{2}T(\\d{2}:\\d{2}:\\d{2})\\.\\d+Z ?)?(?:##\\[(\\w+)])?(.*)");

    private final boolean begunInGroup;

    // Mutable state
    private final List<Html> done = new ArrayList<>();
    private List<Html> lines = new ArrayList<>();
    private Html title;
    private boolean inGroup;

    /** @param inGroup whether the lines go on in a group that an earlier piece has opened */
    public LogMarkup(boolean inGroup) {
        this.begunInGroup = inGroup;
        this.inGroup = inGroup;
    }

    /** Adds a line, without its line break. */
    public void add(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException("a pattern that takes every text did not take a line");
        }
        String command = parts.group(2) == null ? "" : parts.group(2);
        switch (command) {
            case "group" -> {
                flush();
                inGroup = true;
                title = line(parts.group(1), AnsiText.of(parts.group(3)));
            }
            case "endgroup" -> {
                flush();
                inGroup = false;
            }
            default -> lines.add(line(parts.group(1), command, parts.group(3)));
        }
    }

    private static Html line(String time, String command, String said) {
        return switch (command) {
            case "" -> tag("div", css("line"), parts(time, AnsiText.of(said)));
            case "error" -> marked("error", time, "Error: ", said);
            case "warning" -> marked("warning", time, "Warning: ", said);
            case "notice" -> marked("notice", time, "Notice: ", said);
            case "debug" -> marked("debug", time, "Debug: ", said);
            default -> marked("command", time, "", said);
        };
    }

    private static Html marked(String kind, String time, String label, String said) {
        return tag(
                "div", css("line line-" + kind), parts(time, Html.all(tag("strong", text(label)), AnsiText.of(said))));
    }

    private static Html line(String time, Html said) {
        return parts(time, said);
    }

    private static Html parts(String time, Html said) {
        return Html.all(
                time == null ? Html.NOTHING : tag("span", css("when"), text(time)), tag("span", css("said"), said));
    }

    private void flush() {
        if (title == null && lines.isEmpty()) {
            return;
        }
        if (title != null) {
            done.add(tag("details", css("group"), tag("summary", css("line"), title), Html.all(lines)));
        } else if (inGroup && begunInGroup && done.isEmpty()) {
            done.add(tag("div", css("more"), Html.all(lines)));
        } else {
            done.addAll(lines);
        }
        title = null;
        lines = new ArrayList<>();
    }

    /** Whether a line that follows would belong to a group. */
    public boolean inGroup() {
        return inGroup;
    }

    /** All that was added. Lines that go on in an earlier group stand in an element of the class {@code more}. */
    public Html markup() {
        flush();
        return Html.all(done);
    }
}
