package io.github.batchferry.localgithub.page.code;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.StateBadge;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All repositories, or those of an owner. */
public final class RepositoryListPage implements PageRoute.Pages {
    private final Repositories repositories;
    private final RunStore runs;

    public RepositoryListPage(Repositories repositories, RunStore runs) {
        this.repositories = repositories;
        this.runs = runs;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(PageRoute.get("/", this::all), PageRoute.get("/{owner}", this::ofOwner));
    }

    private Response all(Visit visit) throws IOException {
        return list(visit, "Repositories", repositories.all());
    }

    private Response ofOwner(Visit visit) throws IOException, ApiException {
        String owner = visit.path().get("owner");
        List<HostedRepository> owned = repositories.all().stream()
                .filter(each -> each.name().owner().equals(owner))
                .toList();
        if (owned.isEmpty() && !owner.equals(Caller.User.LOGIN)) {
            throw ApiException.notFound();
        }
        return list(visit, "Repositories of " + owner, owned);
    }

    private Response list(Visit visit, String title, List<HostedRepository> shown) throws IOException {
        List<Html> rows = new ArrayList<>();
        for (HostedRepository each : shown) {
            rows.add(row(each, visit));
        }
        Html content = rows.isEmpty()
                ? tag("p", css("empty"), text("There are no repositories yet."))
                : tag("ul", css("rows"), Html.all(rows));
        return Layout.of(title).response(200, tag("h1", text(title)), content);
    }

    private Html row(HostedRepository repository, Visit visit) throws IOException {
        int branches = repository.refs().startingWith("refs/heads/").size();
        Optional<RunRecord> last = runs.of(repository.name()).findFirst();
        Html about = text(repository.isEmpty() ? "empty" : branches == 1 ? "1 branch" : branches + " branches");
        return tag(
                "li",
                css("row"),
                tag(
                        "div",
                        css("row-main"),
                        tag("a", css("title"), attr("href", "/" + repository.name()), name(repository.name() + "")),
                        tag(
                                "div",
                                css("meta"),
                                about,
                                text(", changed "),
                                TimeText.ago(repository.pushedAt(), visit.now()))),
                last.map(run -> lastRun(run, visit)).orElse(Html.NOTHING));
    }

    private static Html lastRun(RunRecord run, Visit visit) {
        String path = "/" + run.repositoryName() + "/actions/runs/" + run.id();
        return tag(
                "div",
                css("row-side meta"),
                tag(
                        "a",
                        css("quiet"),
                        attr("href", path),
                        StateBadge.of(run.latest().status(), run.latest().conclusion())
                                .full()),
                Html.all(text("last run "), TimeText.ago(run.createdAt(), visit.now())));
    }
}
