package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.FileChange;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** The commits that led somewhere, and what one of them changed. */
public final class CommitPages implements PageRoute.Pages {
    private static final int MOST = 50;

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY + "/commits/{place...}", this::list),
                PageRoute.get(PageRoute.REPOSITORY + "/commit/{sha}", this::show));
    }

    private Response list(Visit visit) throws IOException, ApiException {
        HostedRepository repository = visit.repository();
        RefPath place = RefPath.of(repository, visit.path().get("place"));
        List<RevCommit> commits =
                repository.history().log(place.commit(), place.path(), Optional.empty(), Optional.empty());
        List<Html> rows = commits.stream()
                .limit(MOST)
                .map(each -> CommitText.row(repository.name(), each, visit.now()))
                .toList();
        Html more = commits.size() > MOST
                ? tag("p", css("empty"), text("The latest " + MOST + " of " + commits.size() + " are shown."))
                : Html.NOTHING;
        return Layout.of("Commits", repository.name(), Layout.Tab.CODE)
                .response(
                        200,
                        tag("h1", text("Commits on "), name(place.ref())),
                        tag("ul", css("rows"), all(rows)),
                        more);
    }

    private Response show(Visit visit) throws IOException, ApiException {
        HostedRepository repository = visit.repository();
        String sha = repository.revision(visit.path().get("sha")).orElseThrow(ApiException::notFound);
        RevCommit commit = repository.commit(sha);
        Optional<String> parent = Arrays.stream(commit.getParents()).findFirst().map(RevCommit::name);
        List<FileChange> changes = repository.changes().between(parent, sha);
        return Layout.of(CommitText.title(commit), repository.name(), Layout.Tab.CODE)
                .response(
                        200,
                        tag("h1", name(CommitText.title(commit))),
                        tag("p", css("meta"), CommitText.by(commit, visit.now())),
                        body(commit),
                        facts(repository, commit),
                        ChangeText.of(changes));
    }

    private static Html body(RevCommit commit) {
        String message = commit.getFullMessage();
        int end = message.indexOf('\n');
        String body = end < 0 ? "" : message.substring(end).strip();
        return body.isEmpty() ? Html.NOTHING : tag("pre", css("message"), text(body));
    }

    private static Html facts(HostedRepository repository, RevCommit commit) {
        List<Html> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            String path = "/" + repository.name() + "/commit/" + parent.name();
            parents.add(link(path, tag("code", text(parent.name().substring(0, 7)))));
            parents.add(text(" "));
        }
        String files = "/" + repository.name() + "/tree/" + commit.name();
        return tag(
                "dl",
                css("facts"),
                tag("div", tag("dt", text("Commit")), tag("dd", tag("code", css("sha"), text(commit.name())))),
                tag("div", tag("dt", text("Parent")), tag("dd", parents.isEmpty() ? text("none") : all(parents))),
                tag("div", tag("dt", text("Files")), tag("dd", link(files, text("as they were then")))));
    }
}
