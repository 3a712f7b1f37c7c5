package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.StableId;
import java.time.Clock;

/** GitHub's shape of artifacts. */
public final class ArtifactJson {
    private final RepositoryJson repositories;
    private final Clock clock;

    public ArtifactJson(RepositoryJson repositories, Clock clock) {
        this.repositories = repositories;
        this.clock = clock;
    }

    /** The shape {@code artifact}. */
    ObjectNode artifact(HostedRepository repository, ArtifactRecord artifact) {
        String url = repositories.url(repository) + "/actions/artifacts/" + artifact.id();
        long repositoryId = StableId.of(repository.name().toString());
        ObjectNode json = Json.object()
                .put("id", artifact.id())
                .put("node_id", AccountJson.nodeId("Artifact", artifact.id()))
                .put("name", artifact.name())
                .put("size_in_bytes", artifact.sizeInBytes())
                .put("url", url)
                .put("archive_download_url", url + "/zip")
                .put("expired", artifact.expired(clock.instant()))
                .put("digest", artifact.digest())
                .put("created_at", RepositoryJson.time(artifact.createdAt()))
                .put("updated_at", RepositoryJson.time(artifact.createdAt()))
                .put("expires_at", RepositoryJson.time(artifact.expiresAt()));
        json.putObject("workflow_run")
                .put("id", artifact.runId())
                .put("repository_id", repositoryId)
                .put("head_repository_id", repositoryId)
                .put("head_branch", artifact.headBranch())
                .put("head_sha", artifact.headSha());
        return json;
    }
}
