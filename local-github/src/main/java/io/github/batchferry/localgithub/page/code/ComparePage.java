package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** What one branch has and another has not. */
public final class ComparePage implements PageRoute.Pages {
    private static final String DOTS = "...";
    private static final int MOST = 100;

    @Override
    public List<PageRoute> routes() {
        return List.of(PageRoute.get(PageRoute.REPOSITORY + "/compare/{range...}", this::show));
    }

    private Response show(Visit visit) throws IOException, ApiException {
        HostedRepository repository = visit.repository();
        String range = visit.path().get("range");
        int dots = range.indexOf(DOTS);
        String base = dots < 0 ? repository.defaultBranch() : range.substring(0, dots);
        String head = dots < 0 ? range : range.substring(dots + DOTS.length());
        String from = repository.revision(base).orElseThrow(ApiException::notFound);
        String to = repository.revision(head).orElseThrow(ApiException::notFound);
        Optional<String> fork = repository.history().mergeBase(from, to);
        List<RevCommit> commits = repository.history().between(from, to);
        Html rows = commits.isEmpty()
                ? tag("p", css("empty"), text("There is nothing new."))
                : tag(
                        "ul",
                        css("rows"),
                        all(commits.stream()
                                .limit(MOST)
                                .map(each -> CommitText.row(repository.name(), each, visit.now()))
                                .toList()));
        return Layout.of("Compare", repository.name(), Layout.Tab.CODE)
                .response(
                        200,
                        tag("h1", text("What "), name(head), text(" has and "), name(base), text(" has not")),
                        rows,
                        ChangeText.of(repository.changes().between(fork, to)));
    }
}
