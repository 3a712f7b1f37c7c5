package io.github.batchferry.localgithub.page.runs;

import static io.github.batchferry.localgithub.page.html.Html.all;
import static io.github.batchferry.localgithub.page.html.Html.css;
import static io.github.batchferry.localgithub.page.html.Html.name;
import static io.github.batchferry.localgithub.page.html.Html.tag;
import static io.github.batchferry.localgithub.page.html.Html.text;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.html.Html;
import io.github.batchferry.localgithub.page.html.TimeText;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import io.github.batchferry.localgithub.scheduling.DeploymentReviews;
import io.github.batchferry.localgithub.scheduling.PendingDeployment;
import io.github.batchferry.localgithub.scheduling.RunRefusedException;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What jobs of a run wait for, with the buttons of those who may decide about it. */
public final class ReviewForms implements PageRoute.Pages {
    private final RunFinder finder;
    private final DeploymentReviews reviews;

    public ReviewForms(RunStore runs, DeploymentReviews reviews) {
        this.finder = new RunFinder(runs);
        this.reviews = reviews;
    }

    @Override
    public List<PageRoute> routes() {
        String review = PageRoute.REPOSITORY + "/actions/runs/{run}/environments/{environment}/";
        return List.of(
                PageRoute.post(review + "approve", visit -> review(visit, true)),
                PageRoute.post(review + "reject", visit -> review(visit, false)));
    }

    /** The forms for an attempt; nothing waits for anybody in an earlier one. */
    Html of(RunRecord run, AttemptRecord attempt, Visit visit) {
        if (attempt.over() || attempt.number() != run.latest().number()) {
            return Html.NOTHING;
        }
        return all(reviews.pending(run.id()).stream()
                .map(pending -> form(run, pending, visit))
                .toList());
    }

    private static Html form(RunRecord run, PendingDeployment pending, Visit visit) {
        String path = RunPaths.run(run) + "/environments/" + pending.environmentId();
        boolean may = DeploymentReviews.mayReview(pending, Caller.User.LOGIN);
        return tag(
                "div",
                css("waits"),
                tag(
                        "p",
                        text("Jobs wait for the environment "),
                        tag("strong", name(pending.environment())),
                        why(pending)),
                may
                        ? tag(
                                "div",
                                css("buttons"),
                                RunButtons.button(path + "/approve", "Approve", visit),
                                RunButtons.button(path + "/reject", "Reject", visit))
                        : Html.NOTHING);
    }

    private static Html why(PendingDeployment pending) {
        String time = pending.waitMinutes() == 0
                ? ""
                : ", which makes them wait for " + TimeText.count(pending.waitMinutes(), "minute");
        String people = pending.reviewers().isEmpty()
                ? ""
                : ", which needs an approval by " + String.join(" or ", pending.reviewers());
        return text(time + people + ".");
    }

    private Response review(Visit visit, boolean approved) throws IOException, ApiException {
        RunRecord run = finder.run(visit);
        try {
            reviews.review(run.id(), Set.of(visit.id("environment")), approved, "", Caller.User.LOGIN);
        } catch (RunRefusedException e) {
            throw new ApiException(422, e.getMessage());
        }
        return Response.empty(303).with("Location", RunPaths.run(run));
    }
}
