package io.github.batchferry.localgithub.rest.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Ref;

/** GitHub's shape of refs. */
final class RefJson {
    private final RepositoryJson repositories;

    RefJson(RepositoryJson repositories) {
        this.repositories = repositories;
    }

    /** The shape {@code git-ref}. */
    ObjectNode one(HostedRepository repository, Ref ref) throws IOException {
        String sha = ref.getObjectId().name();
        String kind = repository.objects().kind(sha).orElseThrow();
        String api = repositories.url(repository) + "/git/";
        ObjectNode json = Json.object()
                .put("ref", ref.getName())
                .put("node_id", CommitJson.nodeId(repository, "Ref", ref.getName()))
                .put("url", api + Paths.encode(ref.getName()));
        json.putObject("object").put("sha", sha).put("type", kind).put("url", api + kind + "s/" + sha);
        return json;
    }

    ArrayNode all(HostedRepository repository, List<Ref> refs) throws IOException {
        ArrayNode all = Json.array();
        for (Ref ref : refs) {
            all.add(one(repository, ref));
        }
        return all;
    }
}
