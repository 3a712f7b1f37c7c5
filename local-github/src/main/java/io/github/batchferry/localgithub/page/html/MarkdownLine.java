package io.github.batchferry.localgithub.page.html;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Within a line of Markdown: {@code code}, bold, italic, and links to http and https. */
final class MarkdownLine {
    private static final Pattern MARK = Pattern.compile("`([^`\\n]{1,1000})`"
            + "|\\*\\*([^*\\n]{1,1000})\\*\\*"
            + "|\\*([^*\\s][^*\\n]{0,1000})\\*"
            + "|\\[([^\\]\\n]{1,1000})]\\((https?://[^\\s()<>\"']{1,2000})\\)");

    private MarkdownLine() {}

    /** The line as markup. */
    static Html of(String line) {
        List<Html> pieces = new ArrayList<>();
        Matcher mark = MARK.matcher(line);
        int end = 0;
        while (mark.find()) {
            pieces.add(text(line.substring(end, mark.start())));
            pieces.add(marked(mark));
            end = mark.end();
        }
        pieces.add(text(line.substring(end)));
        return Html.all(pieces);
    }

    private static Html marked(Matcher mark) {
        if (mark.group(1) != null) {
            return tag("code", text(mark.group(1)));
        }
        if (mark.group(2) != null) {
            return tag("strong", text(mark.group(2)));
        }
        if (mark.group(3) != null) {
            return tag("em", text(mark.group(3)));
        }
        return tag("a", attr("href", mark.group(5)), attr("rel", "noopener noreferrer"), text(mark.group(4)));
    }
}
