package io.github.batchferry.localgithub.rest.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import java.time.Instant;

/** GitHub's shapes of deployments and their statuses. */
final class DeploymentJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;

    DeploymentJson(RepositoryJson repositories, AccountJson accounts) {
        this.repositories = repositories;
        this.accounts = accounts;
    }

    String listUrl(HostedRepository repository) {
        return repositories.url(repository) + "/deployments";
    }

    private String url(HostedRepository repository, Deployment deployment) {
        return listUrl(repository) + "/" + deployment.id();
    }

    String statusesUrl(HostedRepository repository, Deployment deployment) {
        return url(repository, deployment) + "/statuses";
    }

    /** The shape {@code deployment}. */
    ObjectNode deployment(HostedRepository repository, Deployment deployment, Instant updatedAt) {
        ObjectNode json = Json.object()
                .put("url", url(repository, deployment))
                .put("id", deployment.id())
                .put("node_id", AccountJson.nodeId("Deployment", deployment.id()))
                .put("sha", deployment.run().sha())
                .put("ref", deployment.run().refName())
                .put("task", DeploymentRoutes.TASK)
                .put("original_environment", deployment.job().environment())
                .put("environment", deployment.job().environment())
                .putNull("description")
                .put("created_at", RepositoryJson.time(deployment.job().createdAt()))
                .put("updated_at", RepositoryJson.time(updatedAt))
                .put("statuses_url", statusesUrl(repository, deployment))
                .put("repository_url", repositories.url(repository))
                .put("transient_environment", false)
                .put("production_environment", false);
        json.putObject("payload");
        json.set("creator", accounts.simpleUser(deployment.creator()));
        return json;
    }

    /** The shape {@code deployment-status}. */
    ObjectNode status(HostedRepository repository, Deployment deployment, Deployment.Step step) {
        String job = repositories.htmlUrl(repository) + "/actions/runs/"
                + deployment.run().id() + "/job/" + deployment.job().id();
        ObjectNode json = Json.object()
                .put("url", statusesUrl(repository, deployment) + "/" + step.id())
                .put("id", step.id())
                .put("node_id", AccountJson.nodeId("DeploymentStatus", step.id()))
                .put("state", step.state())
                .put("description", "")
                .put("environment", deployment.job().environment())
                .put("target_url", job)
                .put("log_url", job)
                .put("created_at", RepositoryJson.time(step.since()))
                .put("updated_at", RepositoryJson.time(step.since()))
                .put("deployment_url", url(repository, deployment))
                .put("repository_url", repositories.url(repository));
        if (step.isOver() && deployment.job().environmentUrl() != null) {
            json.put("environment_url", deployment.job().environmentUrl());
        }
        json.set("creator", accounts.simpleUser(deployment.creator()));
        return json;
    }
}
