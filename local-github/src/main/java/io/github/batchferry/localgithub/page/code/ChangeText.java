package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.FileChange;
import io.github.batchferry.localgithub.page.html.Html;
import java.util.List;

/** What happened to files, line by line. */
public final class ChangeText {
    private static final int LONGEST_PATCH = 100 << 10;

    private ChangeText() {}

    /** A heading, and the files below it. */
    public static Html of(List<FileChange> changes) {
        return all(
                tag("h2", text(changes.size() == 1 ? "1 file changed" : changes.size() + " files changed")),
                all(changes.stream().map(ChangeText::change).toList()));
    }

    private static Html change(FileChange change) {
        Html before = change.before()
                .map(path -> all(text(" (was "), name(path), text(")")))
                .orElse(Html.NOTHING);
        return tag(
                "details",
                css("change"),
                attr("open", ""),
                tag(
                        "summary",
                        name(change.path()),
                        before,
                        tag(
                                "span",
                                css("meta"),
                                text(" " + change.kind() + ", +" + change.additions() + " −" + change.deletions()))),
                change.patch().map(ChangeText::patch).orElse(Html.NOTHING));
    }

    private static Html patch(String patch) {
        if (patch.length() > LONGEST_PATCH) {
            return tag("p", css("empty"), text("The change is too large to be shown here."));
        }
        return tag(
                "div",
                css("code patch"),
                all(patch.lines().map(ChangeText::line).toList()));
    }

    private static Html line(String line) {
        String kind = line.startsWith("+")
                ? " added"
                : line.startsWith("-") ? " removed" : line.startsWith("@") ? " hunk" : "";
        return tag("div", css("code-line" + kind), tag("span", css("said"), text(line)));
    }
}
