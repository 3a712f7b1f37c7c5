package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.flag;
import static io.github.batchferry.localgithub.page.html.Html.link;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.Layout;
import io.github.batchferry.localgithub.page.html.Part;
import io.github.batchferry.localgithub.page.html.StateBadge;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.store.Status;
import io.github.batchferry.localgithub.store.StepRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A job: its steps, each with its log. Those that failed or run are open; the log of another comes when it is opened. */
public final class JobPage implements PageRoute.Pages {
    private static final int BUSY_MILLIS = 700;

    private final RunFinder finder;
    private final StepLogs logs;

    public JobPage(RunStore runs, StateDirectory directory) {
        this.finder = new RunFinder(runs);
        this.logs = new StepLogs(directory);
    }

    @Override
    public List<PageRoute> routes() {
        String job = PageRoute.REPOSITORY + "/actions/runs/{run}/job/{job}";
        return List.of(
                PageRoute.get(job, this::show),
                PageRoute.get(job + "/log", this::log),
                PageRoute.get(job + "/raw", this::raw));
    }

    private Response show(Visit visit) throws IOException, ApiException {
        RunRecord run = finder.run(visit);
        JobRecord job = finder.job(visit, run);
        if (visit.isLive()) {
            return Layout.part(live(job, heads(job, visit.now()), visit).markup());
        }
        return Layout.of(job.name(), run.repositoryName(), Layout.Tab.ACTIONS)
                .response(
                        200,
                        tag(
                                "p",
                                css("above"),
                                link("/" + run.repositoryName() + "/actions", text("Runs")),
                                text(" / "),
                                link(RunPaths.attempt(run, job.attempt()), name(run.title() + " #" + run.number()))),
                        tag("h1", name(job.name())),
                        live(job, steps(run, job, visit), visit).markup());
    }

    private LiveParts live(JobRecord job, Html parts, Visit visit) {
        Html standing = Standing.of(StateBadge.of(job.status(), job.conclusion()), JobTimes.of(job, visit.now()));
        return new LiveParts("" + job.steps().size(), job.over() ? 0 : BUSY_MILLIS, all(standing, parts));
    }

    private static Html heads(JobRecord job, Instant now) {
        return all(job.steps().stream().map(step -> head(step, now)).toList());
    }

    private static Html head(StepRecord step, Instant now) {
        return tag(
                "summary",
                attr("id", "step-" + step.number() + "-head"),
                attr("data-over", "" + (step.status() == Status.COMPLETED)),
                attr("data-open", "" + isOpen(step)),
                StateBadge.of(step.status(), step.conclusion()).compact(),
                tag("span", css("step-name"), name(step.name())),
                tag("span", css("meta"), text(JobTimes.of(step, now))));
    }

    private static boolean isOpen(StepRecord step) {
        return step.status() == Status.IN_PROGRESS
                || step.conclusion() == Conclusion.FAILURE
                || step.conclusion() == Conclusion.TIMED_OUT;
    }

    private Html steps(RunRecord run, JobRecord job, Visit visit) throws IOException {
        if (job.steps().isEmpty()) {
            return tag(
                    "p",
                    css("empty"),
                    text(job.over() ? "This job ran no steps." : "This job has not begun; its steps show up here."));
        }
        long chosen = visit.number("step").orElse(-1L);
        List<Html> steps = new ArrayList<>();
        for (StepRecord step : job.steps()) {
            steps.add(step(run, job, step, isOpen(step) || step.number() == chosen, visit.now()));
        }
        Html tools = tag(
                "p",
                css("tools"),
                tag("label", tag("input", attr("type", "checkbox"), attr("id", "times")), text(" Show times")),
                tag(
                        "a",
                        attr("href", RunPaths.job(run, job) + "/raw"),
                        attr("download", ""),
                        text("Download the log")));
        return tag("div", css("log-view"), tools, tag("div", css("steps"), all(steps)));
    }

    private Html step(RunRecord run, JobRecord job, StepRecord step, boolean open, Instant now) throws IOException {
        List<Part> parts = new ArrayList<>(List.of(
                css("step"),
                attr("id", "step-" + step.number()),
                attr("data-log", RunPaths.job(run, job) + "/log?step=" + step.number())));
        if (open) {
            parts.add(flag("open"));
        }
        parts.add(head(step, now));
        parts.add(open ? logs.piece(run, job, step.number(), -1, false) : notLoaded(run, job, step));
        return tag("details", parts.toArray(Part[]::new));
    }

    /** Where there is no script, a link loads the page with the log; where there is one, it fills this. */
    private static Html notLoaded(RunRecord run, JobRecord job, StepRecord step) {
        String path = RunPaths.job(run, job) + "?step=" + step.number() + "#step-" + step.number();
        return tag("div", css("log"), attr("data-next", "-1"), link(path, text("Load the log of this step")));
    }

    private Response log(Visit visit) throws IOException, ApiException {
        RunRecord run = finder.run(visit);
        JobRecord job = finder.job(visit, run);
        long step = visit.number("step").filter(number -> number < 1_000_000).orElseThrow(ApiException::notFound);
        boolean inGroup = visit.parameter("group").orElse("").equals("true");
        return Layout.part(logs.piece(run, job, (int) step, visit.number("from").orElse(-1L), inGroup));
    }

    private Response raw(Visit visit) throws IOException, ApiException {
        RunRecord run = finder.run(visit);
        return logs.whole(run, finder.job(visit, run));
    }
}
