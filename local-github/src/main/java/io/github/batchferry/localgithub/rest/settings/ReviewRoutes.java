package io.github.batchferry.localgithub.rest.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.actions.RunLookup;
import io.github.batchferry.localgithub.scheduling.DeploymentReviews;
import io.github.batchferry.localgithub.scheduling.PendingDeployment;
import io.github.batchferry.localgithub.scheduling.RunRefusedException;
import io.github.batchferry.localgithub.store.ReviewRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What jobs of a run wait for, and the decisions about it. */
public final class ReviewRoutes implements Routes {
    private static final String RUN = Route.REPOSITORY + "/actions/runs/{run}";

    private final RunLookup lookup;
    private final DeploymentReviews reviews;
    private final ReviewJson json;

    public ReviewRoutes(RunLookup lookup, DeploymentReviews reviews, ReviewJson json) {
        this.lookup = lookup;
        this.reviews = reviews;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", RUN + "/pending_deployments", "actions", Access.READ, this::pending),
                Route.of("POST", RUN + "/pending_deployments", "deployments", Access.WRITE, this::review),
                Route.of("GET", RUN + "/approvals", "actions", Access.READ, this::approvals));
    }

    /** {@code GET actions/runs/{run}/pending_deployments}. */
    public Response pending(Request request) throws ApiException {
        ArrayNode all = Json.array();
        for (PendingDeployment each : reviews.pending(lookup.run(request).id())) {
            boolean may = DeploymentReviews.mayReview(each, request.caller().login());
            all.add(json.pending(request.repository(), each, may));
        }
        return Response.ok(all);
    }

    /** {@code POST actions/runs/{run}/pending_deployments}: users decide, apps and jobs may not. */
    public Response review(Request request) throws IOException, ApiException {
        RunRecord run = lookup.run(request);
        if (!(request.caller() instanceof Caller.User)) {
            throw ApiException.forbidden();
        }
        Fields fields = Fields.of(request, "Deployment");
        Set<Long> environments = environments(fields);
        String state = fields.needed("state");
        String comment = fields.needed("comment");
        if (!state.equals("approved") && !state.equals("rejected")) {
            throw ApiException.unprocessable(
                    "Invalid request.\n\n\"state\" is `" + state + "`: expected approved or rejected.");
        }
        try {
            reviews.review(
                    run.id(),
                    environments,
                    state.equals("approved"),
                    comment,
                    request.caller().login());
        } catch (RunRefusedException e) {
            throw ApiException.unprocessable(e.getMessage());
        }
        return Response.ok(deployments(request, lookup.run(request), environments));
    }

    private static Set<Long> environments(Fields fields) throws ApiException {
        Set<Long> ids = new LinkedHashSet<>();
        JsonNode list = fields.list("environment_ids")
                .orElseThrow(
                        () -> ApiException.unprocessable("Invalid request.\n\n\"environment_ids\" wasn't supplied."));
        for (JsonNode id : list) {
            if (!id.canConvertToLong() || !id.isIntegralNumber()) {
                throw ApiException.unprocessable(
                        "Invalid request.\n\nFor 'items/environment_ids', " + id + " is not an integer.");
            }
            ids.add(id.asLong());
        }
        return ids;
    }

    private ArrayNode deployments(Request request, RunRecord run, Set<Long> environments) throws IOException {
        List<ReviewRecord> past = reviews.past(run.id());
        ReviewRecord last = past.get(past.size() - 1);
        ArrayNode all = Json.array();
        for (Deployment each : Deployment.of(run)) {
            boolean reviewed = last.environments().entrySet().stream()
                    .anyMatch(environment -> environments.contains(environment.getKey())
                            && environment
                                    .getValue()
                                    .equalsIgnoreCase(each.job().environment()));
            if (reviewed && each.job().attempt() == run.latest().number()) {
                all.add(json.deployment(request.repository(), each));
            }
        }
        return all;
    }

    /** {@code GET actions/runs/{run}/approvals}: the decisions about a run, the latest first. */
    public Response approvals(Request request) throws IOException, ApiException {
        ArrayNode all = Json.array();
        for (ReviewRecord each : reviews.past(lookup.run(request).id())) {
            ObjectNode entry = json.review(request.repository(), each);
            all.insert(0, entry);
        }
        return Response.ok(all);
    }
}
