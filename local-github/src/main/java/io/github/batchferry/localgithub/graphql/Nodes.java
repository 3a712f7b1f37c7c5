package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.LocalCalls;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.store.StableId;
import java.io.IOException;
import java.util.List;

/** Finds things by the ids that queries know them by. */
public final class Nodes {
    private final Repositories repositories;
    private final RestLists lists;

    /** @param calls the REST API */
    public Nodes(Repositories repositories, LocalCalls calls) {
        this.repositories = repositories;
        this.lists = new RestLists(calls);
    }

    HostedRepository repository(String id, Caller caller) throws IOException, GraphException {
        return visible(caller).stream()
                .filter(repository -> AccountJson.nodeId(
                                "Repository", StableId.of(repository.name().toString()))
                        .equals(id))
                .findFirst()
                .orElseThrow(() -> none(id));
    }

    PullTypes.Pull pull(String id, Caller caller) throws IOException, GraphException, ApiException {
        for (HostedRepository repository : visible(caller)) {
            for (JsonNode pull : lists.all(caller, "/repos/" + repository.name() + "/pulls?state=all", "")) {
                if (pull.path("node_id").asText().equals(id)) {
                    return new PullTypes.Pull(repository, pull);
                }
            }
        }
        throw none(id);
    }

    private List<HostedRepository> visible(Caller caller) throws IOException {
        return repositories.all().stream()
                .filter(repository -> caller.sees(repository.name()))
                .toList();
    }

    private static GraphException none(String id) {
        return new GraphException("NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'");
    }
}
