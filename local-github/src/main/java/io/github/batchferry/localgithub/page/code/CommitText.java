package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.store.RepositoryName;
import java.time.Instant;
import org.eclipse.jgit.revwalk.RevCommit;

/** A commit in a few words. */
public final class CommitText {
    private CommitText() {}

    /** First line, who, when and its name, as a row of a list. */
    public static Html row(RepositoryName repository, RevCommit commit, Instant now) {
        String path = "/" + repository + "/commit/" + commit.name();
        return tag(
                "li",
                css("row"),
                tag(
                        "div",
                        css("row-main"),
                        tag("a", css("title"), attr("href", path), name(title(commit))),
                        tag("div", css("meta"), by(commit, now))),
                tag("div", css("row-side"), tag("code", text(commit.name().substring(0, 7)))));
    }

    static String title(RevCommit commit) {
        String message = commit.getShortMessage();
        return message.isBlank() ? "(no message)" : message;
    }

    static Html by(RevCommit commit, Instant now) {
        return all(
                name(commit.getAuthorIdent().getName()),
                text(" committed "),
                TimeText.ago(commit.getCommitterIdent().getWhenAsInstant(), now));
    }
}
