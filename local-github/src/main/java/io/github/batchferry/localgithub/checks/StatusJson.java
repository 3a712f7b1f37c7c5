package io.github.batchferry.localgithub.checks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import java.util.List;

/** GitHub's shapes of statuses. */
public final class StatusJson {
    private final RepositoryJson repositories;
    private final AccountJson accounts;

    public StatusJson(RepositoryJson repositories, AccountJson accounts) {
        this.repositories = repositories;
        this.accounts = accounts;
    }

    String commitUrl(HostedRepository repository, String sha) {
        return repositories.url(repository) + "/commits/" + sha;
    }

    /** The shape {@code status}. */
    ObjectNode status(HostedRepository repository, StatusRecord status) {
        ObjectNode json = simple(repository, status);
        json.set("creator", accounts.simpleUser(status.creator()));
        return json;
    }

    private ObjectNode simple(HostedRepository repository, StatusRecord status) {
        ObjectNode creator = accounts.simpleUser(status.creator());
        return Json.object()
                .put("url", repositories.url(repository) + "/statuses/" + status.sha())
                .put("avatar_url", creator.path("avatar_url").asText())
                .put("id", status.id())
                .put("node_id", AccountJson.nodeId("StatusContext", status.id()))
                .put("state", status.state())
                .put("description", status.description())
                .put("target_url", status.targetUrl())
                .put("context", status.context())
                .put("created_at", RepositoryJson.time(status.createdAt()))
                .put("updated_at", RepositoryJson.time(status.createdAt()));
    }

    /** The shape {@code combined-commit-status}. */
    ObjectNode combined(HostedRepository repository, String sha, List<StatusRecord> all, List<StatusRecord> page) {
        ObjectNode json = Json.object().put("state", state(all));
        ArrayNode list = json.putArray("statuses");
        page.forEach(status -> list.add(simple(repository, status)));
        json.put("sha", sha).put("total_count", all.size());
        json.set("repository", repositories.minimal(repository));
        String url = commitUrl(repository, sha);
        return json.put("commit_url", url).put("url", url + "/status");
    }

    private static String state(List<StatusRecord> statuses) {
        if (statuses.stream().anyMatch(status -> status.state().matches("error|failure"))) {
            return "failure";
        }
        boolean good = !statuses.isEmpty()
                && statuses.stream().allMatch(status -> status.state().equals("success"));
        return good ? "success" : "pending";
    }
}
