package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
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
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.util.List;
import java.util.stream.Collectors;

/** The runs of a repository, newest first. */
public final class RunListPage implements PageRoute.Pages {
    private static final int PER_PAGE = 25;
    private static final int QUIET_MILLIS = 5000;
    private static final int BUSY_MILLIS = 1500;

    private final RunStore runs;

    public RunListPage(RunStore runs) {
        this.runs = runs;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY + "/actions", this::list),
                PageRoute.get(PageRoute.REPOSITORY + "/actions/workflows/{file}", this::list));
    }

    private Response list(Visit visit) {
        RunListFilter filter = RunListFilter.of(visit);
        List<RunRecord> all = runs.of(visit.repository().name()).toList();
        List<RunRecord> fitting = all.stream().filter(filter::takes).toList();
        long page = Math.max(1, visit.number("page").orElse(1L));
        List<RunRecord> shown =
                fitting.stream().skip((page - 1) * PER_PAGE).limit(PER_PAGE).toList();
        LiveParts live = live(shown, visit);
        if (visit.isLive()) {
            return Layout.part(live.markup());
        }
        return Layout.of("Runs", visit.repository().name(), Layout.Tab.ACTIONS)
                .response(
                        200,
                        tag("h1", text("Runs")),
                        filter.form(visit.repository().name(), all),
                        fitting.isEmpty() ? nothing(all.isEmpty()) : Html.NOTHING,
                        live.markup(),
                        pages(visit, filter, page, fitting.size()));
    }

    private static Html nothing(boolean atAll) {
        return tag(
                "p",
                css("empty"),
                text(
                        atAll
                                ? "Nothing has run yet. A run begins when a workflow is dispatched; it will show up here."
                                : "No run fits the filter."));
    }

    private static LiveParts live(List<RunRecord> shown, Visit visit) {
        boolean busy = shown.stream().anyMatch(run -> !run.latest().over());
        Html rows = all(shown.stream().map(run -> row(run, visit)).toList());
        String shape = shown.stream().map(run -> "" + run.id()).collect(Collectors.joining(","));
        return new LiveParts(shape, busy ? BUSY_MILLIS : QUIET_MILLIS, tag("ul", css("rows"), rows));
    }

    private static Html row(RunRecord run, Visit visit) {
        AttemptRecord attempt = run.latest();
        Html about = all(
                name(run.workflowName()), text(" #" + run.number() + ": " + run.event() + " by "), name(run.actor()));
        return tag(
                "li",
                css("row"),
                attr("id", "run-" + run.id()),
                StateBadge.of(attempt.status(), attempt.conclusion()).compact(),
                tag(
                        "div",
                        css("row-main"),
                        tag("a", css("title"), attr("href", RunPaths.run(run)), name(run.title())),
                        tag("div", css("meta"), about)),
                tag(
                        "div",
                        css("row-side"),
                        tag("a", css("branch"), attr("href", RunPaths.branch(run)), name(run.refName()))),
                tag("div", css("row-side meta"), TimeText.ago(run.createdAt(), visit.now()), took(attempt)));
    }

    private static Html took(AttemptRecord attempt) {
        return attempt.over()
                ? tag("span", css("took"), text(TimeText.duration(attempt.startedAt(), attempt.updatedAt())))
                : Html.NOTHING;
    }

    private static Html pages(Visit visit, RunListFilter filter, long page, int count) {
        String path = filter.path(visit.repository().name());
        Html newer = page > 1 ? link(filter.query(path, page - 1), text("Newer")) : Html.NOTHING;
        Html older = page * PER_PAGE < count ? link(filter.query(path, page + 1), text("Older")) : Html.NOTHING;
        return page > 1 || page * PER_PAGE < count
                ? tag("nav", css("pages"), attr("aria-label", "Pages"), newer, older)
                : Html.NOTHING;
    }
}
