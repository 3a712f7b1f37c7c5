package io.github.batchferry.localgithub.rest.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.scheduling.PendingDeployment;
import io.github.batchferry.localgithub.store.ReviewRecord;
import java.util.List;

/** GitHub's shapes of what jobs wait for and of decisions about it. */
public final class ReviewJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;
    private final EnvironmentJson environments;
    private final DeploymentJson deployments;

    public ReviewJson(RepositoryJson repositories, AccountJson accounts) {
        this.repositories = repositories;
        this.accounts = accounts;
        this.environments = new EnvironmentJson(repositories, accounts);
        this.deployments = new DeploymentJson(repositories, accounts);
    }

    /** The shape {@code pending-deployment}. */
    ObjectNode pending(HostedRepository repository, PendingDeployment pending, boolean mayApprove) {
        ObjectNode json = Json.object()
                .put("wait_timer", pending.waitMinutes())
                .put("wait_timer_started_at", RepositoryJson.time(pending.waitStartedAt()))
                .put("current_user_can_approve", mayApprove);
        json.set("environment", environment(repository, pending.environmentId(), pending.environment()));
        ArrayNode reviewers = json.putArray("reviewers");
        pending.reviewers()
                .forEach(
                        login -> reviewers.addObject().put("type", "User").set("reviewer", accounts.simpleUser(login)));
        return json;
    }

    private ObjectNode environment(HostedRepository repository, long id, String name) {
        return Json.object()
                .put("id", id)
                .put("node_id", AccountJson.nodeId("Environment", id))
                .put("name", name)
                .put("url", repositories.url(repository) + EnvironmentCall.path(name))
                .put("html_url", environments.htmlUrl(repository, name));
    }

    /** The shape {@code environment-approvals}. */
    ObjectNode review(HostedRepository repository, ReviewRecord review) {
        ObjectNode json = Json.object()
                .put("state", review.approved() ? "approved" : "rejected")
                .put("comment", review.comment());
        json.set("user", accounts.simpleUser(review.login()));
        ArrayNode about = json.putArray("environments");
        review.environments().forEach((id, name) -> about.add(environment(repository, id, name)));
        return json;
    }

    /** The shape {@code deployment}, as it is just now. */
    ObjectNode deployment(HostedRepository repository, Deployment deployment) {
        List<Deployment.Step> steps = deployment.steps(List.of());
        return deployments.deployment(
                repository, deployment, steps.get(steps.size() - 1).since());
    }
}
