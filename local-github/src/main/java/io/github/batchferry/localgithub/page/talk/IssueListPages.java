package io.github.batchferry.localgithub.page.talk;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** The issues and the pull requests of a repository, newest first. */
public final class IssueListPages implements PageRoute.Pages {
    private static final int MOST = 200;

    private final RepositoryDocument<IssueBook> books;
    private final PullRequests pulls;

    public IssueListPages(RepositoryDocument<IssueBook> books, PullRequests pulls) {
        this.books = books;
        this.pulls = pulls;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY + "/issues", this::issues),
                PageRoute.get(PageRoute.REPOSITORY + "/pulls", this::pulls));
    }

    private Response issues(Visit visit) {
        IssueBook book = books.of(visit.repository().name());
        return list(visit, book, false, "Issues", Layout.Tab.ISSUES);
    }

    private Response pulls(Visit visit) throws IOException {
        return list(visit, pulls.look(visit.repository()), true, "Pull requests", Layout.Tab.PULLS);
    }

    private static Response list(Visit visit, IssueBook book, boolean changes, String title, Layout.Tab tab) {
        boolean closed = visit.parameter("state").orElse("open").equals("closed");
        List<Html> rows = book.issues().values().stream()
                .filter(issue -> issue.hasChanges() == changes && issue.open() != closed)
                .sorted(Comparator.comparing(Issue::number).reversed())
                .limit(MOST)
                .map(issue -> row(visit, book, issue))
                .toList();
        String path = "/" + visit.repository().name() + (changes ? "/pulls" : "/issues");
        Html content = rows.isEmpty()
                ? tag("p", css("empty"), text("There are none that are " + (closed ? "closed." : "open.")))
                : tag("ul", css("rows"), all(rows));
        return Layout.of(title, visit.repository().name(), tab)
                .response(
                        200,
                        tag("h1", text(title)),
                        tag("nav", css("toolbar"), attr("aria-label", "State"), choice(path, closed)),
                        content);
    }

    private static Html choice(String path, boolean closed) {
        return all(
                closed ? link(path, text("Open")) : tag("strong", text("Open")),
                closed ? tag("strong", text("Closed")) : link(path + "?state=closed", text("Closed")));
    }

    private static Html row(Visit visit, IssueBook book, Issue issue) {
        return tag(
                "li",
                css("row"),
                tag(
                        "div",
                        css("row-main"),
                        tag(
                                "a",
                                css("title"),
                                attr("href", IssueState.path(visit.repository().name(), issue)),
                                name(issue.title())),
                        tag(
                                "div",
                                css("meta"),
                                text("#" + issue.number() + " by "),
                                name(issue.author()),
                                text(" "),
                                TimeText.ago(issue.createdAt(), visit.now()))),
                tag("div", css("row-side"), IssueState.labels(book, issue), IssueState.badge(issue)));
    }
}
