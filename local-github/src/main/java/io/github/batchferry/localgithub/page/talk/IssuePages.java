package io.github.batchferry.localgithub.page.talk;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Proposal;
import io.github.batchferry.localgithub.collaboration.PullRequest;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.code.ChangeText;
import io.github.batchferry.localgithub.page.code.CommitText;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import java.io.IOException;
import java.util.List;

/** An issue or a pull request, with what was said about it and what it changes. */
public final class IssuePages implements PageRoute.Pages {
    private final RepositoryDocument<IssueBook> books;
    private final PullRequests pulls;

    public IssuePages(RepositoryDocument<IssueBook> books, PullRequests pulls) {
        this.books = books;
        this.pulls = pulls;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY + "/issues/{number}", this::issue),
                PageRoute.get(PageRoute.REPOSITORY + "/pull/{number}", this::pull),
                PageRoute.get(PageRoute.REPOSITORY + "/pull/{number}/files", this::pull),
                PageRoute.get(PageRoute.REPOSITORY + "/pull/{number}/commits", this::pull));
    }

    private static Issue find(IssueBook book, Visit visit) throws ApiException {
        return book.issue(visit.id("number")).orElseThrow(ApiException::notFound);
    }

    private Response issue(Visit visit) throws ApiException {
        IssueBook book = books.of(visit.repository().name());
        Issue issue = find(book, visit);
        return issue.hasChanges() ? elsewhere(visit, issue) : page(visit, book, issue, Html.NOTHING);
    }

    private Response pull(Visit visit) throws IOException, ApiException {
        IssueBook book = pulls.look(visit.repository());
        Issue issue = find(book, visit);
        return issue.hasChanges() ? page(visit, book, issue, changes(visit, issue.pull())) : elsewhere(visit, issue);
    }

    private static Response elsewhere(Visit visit, Issue issue) {
        return Response.empty(303)
                .with("Location", IssueState.path(visit.repository().name(), issue));
    }

    private static Response page(Visit visit, IssueBook book, Issue issue, Html changes) {
        Layout.Tab tab = issue.hasChanges() ? Layout.Tab.PULLS : Layout.Tab.ISSUES;
        return Layout.of(issue.title(), visit.repository().name(), tab)
                .response(
                        200,
                        tag("h1", name(issue.title()), tag("span", css("number"), text(" #" + issue.number()))),
                        tag(
                                "p",
                                css("standing"),
                                IssueState.badge(issue),
                                IssueState.labels(book, issue),
                                branches(issue)),
                        Remark.of(issue.author(), "opened this", issue.createdAt(), issue.body(), "", visit.now()),
                        remarks(visit, book, issue),
                        ending(visit, issue),
                        changes);
    }

    private static Html branches(Issue issue) {
        return issue.hasChanges()
                ? tag(
                        "span",
                        css("meta"),
                        text("from "),
                        tag("code", text(issue.pull().head())),
                        text(" into "),
                        tag("code", text(issue.pull().base())))
                : Html.NOTHING;
    }

    private static Html remarks(Visit visit, IssueBook book, Issue issue) {
        Html comments = all(book.commentsOn(issue.number()).stream()
                .map(comment -> Remark.of(
                        comment.author(),
                        "commented",
                        comment.createdAt(),
                        comment.body(),
                        "issuecomment-" + comment.id(),
                        visit.now()))
                .toList());
        return issue.hasChanges() ? all(comments, reviews(visit, issue.pull())) : comments;
    }

    private static Html reviews(Visit visit, PullRequest pull) {
        return all(pull.reviews().stream()
                .filter(review -> review.submittedAt() != null)
                .map(review -> Remark.of(
                        review.author(),
                        Remark.words(review.verdict()),
                        review.submittedAt(),
                        review.body(),
                        "pullrequestreview-" + review.id(),
                        visit.now()))
                .toList());
    }

    private static Html ending(Visit visit, Issue issue) {
        if (issue.open()) {
            return Html.NOTHING;
        }
        boolean merged = issue.hasChanges() && issue.pull().merged();
        return tag(
                "p",
                css("meta"),
                name(issue.closing().by()),
                text(merged ? " merged this " : " closed this "),
                TimeText.ago(issue.closing().at(), visit.now()));
    }

    private static Html changes(Visit visit, PullRequest pull) throws IOException {
        Proposal proposal = new Proposal(visit.repository(), pull);
        List<Html> commits = proposal.commits().stream()
                .map(each -> CommitText.row(visit.repository().name(), each, visit.now()))
                .toList();
        return all(
                tag("h2", attr("id", "commits"), text("Commits")),
                commits.isEmpty()
                        ? tag("p", css("empty"), text("There are none."))
                        : tag("ul", css("rows"), all(commits)),
                ChangeText.of(proposal.files()));
    }
}
