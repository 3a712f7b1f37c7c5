package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;

/** The branches of a repository. */
public final class BranchesPage implements PageRoute.Pages {
    private static final String PREFIX = "refs/heads/";
    private static final int MOST = 500;

    @Override
    public List<PageRoute> routes() {
        return List.of(PageRoute.get(PageRoute.REPOSITORY + "/branches", this::list));
    }

    private Response list(Visit visit) throws IOException {
        HostedRepository repository = visit.repository();
        List<Ref> branches = repository.refs().startingWith(PREFIX);
        List<Html> rows = new ArrayList<>();
        for (Ref each : branches.subList(0, Math.min(MOST, branches.size()))) {
            rows.add(row(visit, each));
        }
        return Layout.of("Branches", repository.name(), Layout.Tab.CODE)
                .response(
                        200,
                        tag("h1", text("Branches")),
                        rows.isEmpty()
                                ? tag("p", css("empty"), text("There are no branches yet."))
                                : tag("ul", css("rows"), all(rows)));
    }

    private static Html row(Visit visit, Ref branch) throws IOException {
        HostedRepository repository = visit.repository();
        String shortName = branch.getName().substring(PREFIX.length());
        RevCommit commit = repository.commit(branch.getObjectId().name());
        boolean isDefault = shortName.equals(repository.defaultBranch());
        return tag(
                "li",
                css("row"),
                tag(
                        "div",
                        css("row-main"),
                        tag(
                                "a",
                                css("title"),
                                attr("href", "/" + repository.name() + "/tree/" + Paths.encode(shortName)),
                                name(shortName)),
                        tag("div", css("meta"), name(CommitText.title(commit)))),
                tag(
                        "div",
                        css("row-side meta"),
                        isDefault ? tag("span", css("tag"), text("default")) : Html.NOTHING,
                        CommitText.by(commit, visit.now())));
    }
}
