package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.StateBadge;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An attempt of a run: its jobs, and what they left. */
public final class RunPage implements PageRoute.Pages {
    private static final int BUSY_MILLIS = 1000;

    private final RunFinder finder;
    private final RunResults results;
    private final ReviewForms reviews;

    public RunPage(RunResults results, ReviewForms reviews, RunStore runs) {
        this.finder = new RunFinder(runs);
        this.results = results;
        this.reviews = reviews;
    }

    @Override
    public List<PageRoute> routes() {
        String run = PageRoute.REPOSITORY + "/actions/runs/{run}";
        return List.of(PageRoute.get(run, this::show), PageRoute.get(run + "/attempts/{attempt}", this::show));
    }

    private Response show(Visit visit) throws IOException, ApiException {
        RunRecord run = finder.run(visit);
        AttemptRecord attempt = finder.attempt(visit, run);
        LiveParts live = live(run, attempt, visit);
        if (visit.isLive()) {
            return Layout.part(live.markup());
        }
        return Layout.of(run.title(), run.repositoryName(), Layout.Tab.ACTIONS)
                .response(
                        200,
                        tag("p", css("above"), link("/" + run.repositoryName() + "/actions", text("Runs"))),
                        tag("h1", name(run.title()), tag("span", css("number"), text(" #" + run.number()))),
                        facts(run, attempt, visit.now()),
                        live.markup(),
                        results.of(run, attempt, visit));
    }

    private LiveParts live(RunRecord run, AttemptRecord attempt, Visit visit) throws IOException {
        String shape = attempt.jobs().stream().map(job -> "" + job.id()).collect(Collectors.joining(",")) + "/"
                + run.latest().number() + "/" + results.shape(run, attempt);
        Html parts = all(
                standing(attempt, visit.now()),
                tag("div", css("buttons"), attr("id", "buttons"), RunButtons.of(run, attempt, visit)),
                tag("div", attr("id", "reviews"), reviews.of(run, attempt, visit)),
                tag("h2", text("Jobs")),
                jobs(run, attempt, visit.now()));
        return new LiveParts(shape, attempt.over() ? 0 : BUSY_MILLIS, parts);
    }

    private static Html standing(AttemptRecord attempt, Instant now) {
        String time = attempt.over()
                ? "took " + TimeText.duration(attempt.startedAt(), attempt.updatedAt())
                : "since " + TimeText.duration(attempt.startedAt(), now);
        return Standing.of(StateBadge.of(attempt.status(), attempt.conclusion()), time);
    }

    private static Html facts(RunRecord run, AttemptRecord attempt, Instant now) {
        return tag(
                "dl",
                css("facts"),
                fact("Workflow", link(RunPaths.workflow(run), name(run.workflowName()))),
                fact(
                        "Started",
                        all(TimeText.ago(attempt.startedAt(), now), text(" by "), name(attempt.triggeringActor()))),
                fact("Event", text(run.event())),
                fact("Branch", tag("a", css("branch"), attr("href", RunPaths.branch(run)), name(run.refName()))),
                fact(
                        "Commit",
                        link(RunPaths.commit(run), tag("code", text(run.sha().substring(0, 7))))),
                fact("Attempt", attempts(run, attempt)));
    }

    private static Html fact(String term, Html value) {
        return tag("div", tag("dt", text(term)), tag("dd", value));
    }

    private static Html attempts(RunRecord run, AttemptRecord shown) {
        List<Html> attempts = new ArrayList<>();
        for (AttemptRecord each : run.attempts()) {
            String path = RunPaths.attempt(run, each.number());
            attempts.add(
                    each.number() == shown.number()
                            ? tag("strong", text("" + each.number()))
                            : link(path, text("" + each.number())));
            attempts.add(text(" "));
        }
        return all(attempts);
    }

    private static Html jobs(RunRecord run, AttemptRecord attempt, Instant now) {
        if (attempt.jobs().isEmpty()) {
            return tag("p", css("empty"), text("There are no jobs: the workflow file could not be used."));
        }
        return tag(
                "ul",
                css("rows"),
                all(attempt.jobs().stream().map(job -> row(run, job, now)).toList()));
    }

    private static Html row(RunRecord run, JobRecord job, Instant now) {
        return tag(
                "li",
                css("row"),
                attr("id", "job-" + job.id()),
                StateBadge.of(job.status(), job.conclusion()).compact(),
                tag(
                        "div",
                        css("row-main"),
                        tag("a", css("title"), attr("href", RunPaths.job(run, job)), name(job.name())),
                        job.environment() == null
                                ? Html.NOTHING
                                : tag("div", css("meta"), text("deploys to "), name(job.environment()))),
                tag("div", css("row-side meta"), text(JobTimes.of(job, now))));
    }
}
