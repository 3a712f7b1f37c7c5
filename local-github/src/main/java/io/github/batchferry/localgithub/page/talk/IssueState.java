package io.github.batchferry.localgithub.page.talk;

import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.store.RepositoryName;

/** Where an issue or a pull request stands, and where its page is. */
final class IssueState {
    private IssueState() {}

    static String path(RepositoryName repository, Issue issue) {
        return "/" + repository + (issue.hasChanges() ? "/pull/" : "/issues/") + issue.number();
    }

    /** A word on a coloured ground. */
    static Html badge(Issue issue) {
        if (issue.hasChanges() && issue.pull().merged()) {
            return tag("span", css("level"), text("merged"));
        }
        if (!issue.open()) {
            return tag("span", css("level level-error"), text("closed"));
        }
        boolean draft = issue.hasChanges() && issue.pull().draft();
        return draft
                ? tag("span", css("level level-warning"), text("draft"))
                : tag("span", css("level level-good"), text("open"));
    }

    /** Its labels. */
    static Html labels(IssueBook book, Issue issue) {
        return Html.all(book.labelsOf(issue).stream()
                .map(label -> tag("span", css("tag"), Html.name(label.name())))
                .toList());
    }
}
