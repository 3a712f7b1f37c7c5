package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Markdown that summaries of jobs use: headings, paragraphs, lists of one level, tables, blocks of code, and
 * what {@link MarkdownLine} knows within a line. HTML in it is shown as text.
 */
public final class MarkdownText {
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*?)\\s*#*");
    private static final Pattern BULLET = Pattern.compile("\\s*[-*+]\\s+(.*)");
    private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,9}[.)]\\s+(.*)");
    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
    private static final Pattern RULER = Pattern.compile("\\s*\\|?\\s*:?-+:?\\s*(\\|\\s*:?-+:?\\s*)*\\|?\\s*");

    // Mutable state
    private final Deque<String> lines;
    private final List<Html> blocks = new ArrayList<>();

    private MarkdownText(String markdown) {
        this.lines = new ArrayDeque<>(markdown.lines().toList());
    }

    /** The text as markup; its headings begin at the third level. */
    public static Html of(String markdown) {
        return new MarkdownText(markdown).read();
    }

    private Html read() {
        while (!lines.isEmpty()) {
            String line = lines.peek();
            if (line.isBlank()) {
                lines.poll();
            } else if (FENCE.matcher(line).matches()) {
                code();
            } else if (HEADING.matcher(line).matches()) {
                heading();
            } else if (BULLET.matcher(line).matches()) {
                list("ul", BULLET);
            } else if (NUMBER.matcher(line).matches()) {
                list("ol", NUMBER);
            } else if (beginsTable()) {
                table();
            } else {
                paragraph();
            }
        }
        return Html.all(blocks);
    }

    private void code() {
        String fence = lines.poll().strip().substring(0, 3);
        List<String> content = take(line -> !line.strip().startsWith(fence));
        lines.poll();
        blocks.add(tag("pre", tag("code", text(String.join("\n", content)))));
    }

    private void heading() {
        Matcher heading = HEADING.matcher(lines.poll());
        if (heading.matches()) {
            int level = Math.min(6, heading.group(1).length() + 2);
            blocks.add(tag("h" + level, MarkdownLine.of(heading.group(2))));
        }
    }

    private void list(String name, Pattern item) {
        List<Html> items = new ArrayList<>();
        for (String line : take(each -> item.matcher(each).matches())) {
            items.add(tag("li", MarkdownLine.of(item.matcher(line).replaceFirst("$1"))));
        }
        blocks.add(tag(name, Html.all(items)));
    }

    private boolean beginsTable() {
        return lines.peek().contains("|")
                && lines.size() > 1
                && RULER.matcher(lines.stream().skip(1).findFirst().orElseThrow())
                        .matches();
    }

    private void table() {
        Html head = row("th", lines.poll());
        lines.poll();
        List<Html> rows = new ArrayList<>();
        take(line -> line.contains("|")).forEach(line -> rows.add(row("td", line)));
        blocks.add(tag("div", css("wide"), tag("table", tag("thead", head), tag("tbody", Html.all(rows)))));
    }

    private static Html row(String cell, String line) {
        String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
        return tag(
                "tr",
                Html.all(Arrays.stream(inner.split("(?<!\\\\)\\|", -1))
                        .map(each -> tag(cell, MarkdownLine.of(each.strip().replace("\\|", "|"))))
                        .toList()));
    }

    private void paragraph() {
        List<String> taken = new ArrayList<>(List.of(lines.poll()));
        taken.addAll(take(line -> !line.isBlank()
                && !FENCE.matcher(line).matches()
                && !HEADING.matcher(line).matches()
                && !BULLET.matcher(line).matches()));
        blocks.add(tag("p", MarkdownLine.of(String.join("\n", taken))));
    }

    private List<String> take(Predicate<String> fitting) {
        List<String> taken = new ArrayList<>();
        while (!lines.isEmpty() && fitting.test(lines.peek())) {
            taken.add(lines.poll());
        }
        return taken;
    }
}
