package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.attr;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.scheduling.RerunRequest;
import io.github.batchferry.localgithub.scheduling.RunQueue;
import io.github.batchferry.localgithub.scheduling.RunRefusedException;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.io.IOException;
import java.util.List;

/** What can be done with a run: stop it, or repeat it. */
public final class RunButtons implements PageRoute.Pages {
    private final RunFinder finder;
    private final RunQueue queue;

    public RunButtons(RunStore runs, RunQueue queue) {
        this.finder = new RunFinder(runs);
        this.queue = queue;
    }

    @Override
    public List<PageRoute> routes() {
        String run = PageRoute.REPOSITORY + "/actions/runs/{run}";
        return List.of(
                PageRoute.post(run + "/cancel", this::cancel),
                PageRoute.post(run + "/rerun", this::rerun),
                PageRoute.post(run + "/rerun-failed", this::rerunFailed));
    }

    /** The buttons for an attempt; only the latest can be stopped or repeated. */
    static Html of(RunRecord run, AttemptRecord attempt, Visit visit) {
        if (attempt.number() != run.latest().number()) {
            return Html.NOTHING;
        }
        String path = RunPaths.run(run);
        if (!attempt.over()) {
            return button(path + "/cancel", "Cancel the run", visit);
        }
        boolean all =
                attempt.conclusion() == Conclusion.SUCCESS || attempt.jobs().size() < 2;
        return Html.all(
                button(path + "/rerun", "Re-run all jobs", visit),
                all ? Html.NOTHING : button(path + "/rerun-failed", "Re-run failed jobs", visit));
    }

    static Html button(String path, String label, Visit visit) {
        return tag(
                "form",
                attr("method", "post"),
                attr("action", path),
                tag("input", attr("type", "hidden"), attr("name", Visit.TOKEN_FIELD), attr("value", visit.formToken())),
                tag("button", css("action"), attr("type", "submit"), text(label)));
    }

    private Response cancel(Visit visit) throws ApiException {
        RunRecord run = finder.run(visit);
        queue.cancel(run.id());
        return back(run);
    }

    private Response rerun(Visit visit) throws IOException, ApiException {
        RunRecord run = finder.run(visit);
        try {
            queue.rerun(run.id(), RerunRequest.by(Caller.User.LOGIN));
        } catch (RunRefusedException e) {
            throw new ApiException(403, e.getMessage());
        }
        return back(run);
    }

    private Response rerunFailed(Visit visit) throws IOException, ApiException {
        RunRecord run = finder.run(visit);
        try {
            queue.rerunFailed(run.id(), RerunRequest.by(Caller.User.LOGIN));
        } catch (RunRefusedException e) {
            throw new ApiException(403, e.getMessage());
        }
        return back(run);
    }

    private static Response back(RunRecord run) {
        return Response.empty(303).with("Location", RunPaths.run(run));
    }
}
