package io.github.batchferry.localgithub.rest.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.BranchPolicy;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.EnvironmentRecord.Branches;
import io.github.batchferry.localgithub.store.StableId;

/** GitHub's shapes of environments and their rules. */
final class EnvironmentJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;

    EnvironmentJson(RepositoryJson repositories, AccountJson accounts) {
        this.repositories = repositories;
        this.accounts = accounts;
    }

    /** The shape {@code environment}. */
    ObjectNode environment(HostedRepository repository, EnvironmentRecord environment) {
        ObjectNode json = Json.object()
                .put("id", environment.id())
                .put("node_id", AccountJson.nodeId("Environment", environment.id()))
                .put("name", environment.name())
                .put("url", repositories.url(repository) + EnvironmentCall.path(environment.name()))
                .put("html_url", htmlUrl(repository, environment.name()))
                .put("created_at", RepositoryJson.time(environment.createdAt()))
                .put("updated_at", RepositoryJson.time(environment.updatedAt()));
        json.set("protection_rules", rules(environment));
        if (environment.branches() == Branches.ALL) {
            return json.putNull("deployment_branch_policy");
        }
        json.putObject("deployment_branch_policy")
                .put("protected_branches", environment.branches() == Branches.PROTECTED)
                .put("custom_branch_policies", environment.branches() == Branches.SELECTED);
        return json;
    }

    /** Page of an environment for people. */
    String htmlUrl(HostedRepository repository, String name) {
        return repositories.htmlUrl(repository) + "/deployments/activity_log?environments_filter="
                + Paths.encode(name).replace("/", "%2F");
    }

    private ArrayNode rules(EnvironmentRecord environment) {
        ArrayNode rules = Json.array();
        if (environment.waitMinutes() > 0) {
            rules.add(rule(environment, "wait_timer").put("wait_timer", environment.waitMinutes()));
        }
        if (!environment.reviewers().isEmpty()) {
            ObjectNode rule = rule(environment, "required_reviewers").put("prevent_self_review", false);
            ArrayNode reviewers = rule.putArray("reviewers");
            environment
                    .reviewers()
                    .forEach(login ->
                            reviewers.addObject().put("type", "User").set("reviewer", accounts.simpleUser(login)));
            rules.add(rule);
        }
        if (environment.branches() != Branches.ALL) {
            rules.add(rule(environment, "branch_policy"));
        }
        return rules;
    }

    private static ObjectNode rule(EnvironmentRecord environment, String type) {
        long id = StableId.of(environment.id() + ":" + type);
        return Json.object()
                .put("id", id)
                .put("node_id", AccountJson.nodeId("Gate", id))
                .put("type", type);
    }

    /** The shape {@code deployment-branch-policy}. */
    static ObjectNode policy(BranchPolicy policy) {
        return Json.object()
                .put("id", policy.id())
                .put("node_id", AccountJson.nodeId("GateBranchPolicy", policy.id()))
                .put("name", policy.name())
                .put("type", policy.coversTags() ? "tag" : "branch");
    }
}
