package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.StateBadge;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.util.ArrayList;
import java.util.List;

/** What jobs did with environments, the newest first. */
public final class DeploymentsPage implements PageRoute.Pages {
    private static final int MOST = 100;

    private final RunStore runs;

    public DeploymentsPage(RunStore runs) {
        this.runs = runs;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY + "/deployments", this::list),
                PageRoute.get(PageRoute.REPOSITORY + "/deployments/activity_log", this::list));
    }

    private Response list(Visit visit) {
        String wanted = visit.parameter("environments_filter").orElse("");
        List<Html> rows = new ArrayList<>();
        for (RunRecord run : runs.of(visit.repository().name()).toList()) {
            run.latest().jobs().stream()
                    .filter(job -> job.environment() != null)
                    .filter(job -> wanted.isEmpty() || wanted.equalsIgnoreCase(job.environment()))
                    .forEach(job -> rows.add(row(run, job, visit)));
        }
        Html content = rows.isEmpty()
                ? tag("p", css("empty"), text("Nothing was deployed yet."))
                : tag("ul", css("rows"), all(rows.subList(0, Math.min(MOST, rows.size()))));
        Html title = wanted.isEmpty() ? text("Deployments") : all(text("Deployments to "), name(wanted));
        return Layout.of("Deployments", visit.repository().name(), Layout.Tab.ACTIONS)
                .response(200, tag("h1", title), content);
    }

    private static Html row(RunRecord run, JobRecord job, Visit visit) {
        return tag(
                "li",
                css("row"),
                StateBadge.of(job.status(), job.conclusion()).compact(),
                tag(
                        "div",
                        css("row-main"),
                        tag("a", css("title"), attr("href", RunPaths.job(run, job)), name(job.name())),
                        tag("div", css("meta"), text("to "), name(job.environment()), text(" in "), name(run.title()))),
                tag("div", css("row-side meta"), TimeText.ago(job.createdAt(), visit.now())));
    }
}
