package io.github.batchferry.localgithub.page.runs;

import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.page.visit.PageRoute;
import io.github.batchferry.localgithub.page.visit.Visit;
import java.util.List;

/** The zips of artifacts, to be kept as files. */
public final class ArtifactDownload implements PageRoute.Pages {
    private final ArtifactStore artifacts;

    public ArtifactDownload(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public List<PageRoute> routes() {
        return List.of(
                PageRoute.get(PageRoute.REPOSITORY + "/actions/runs/{run}/artifacts/{artifact}", this::download));
    }

    private Response download(Visit visit) throws ApiException {
        long run = visit.id("run");
        ArtifactRecord artifact = artifacts
                .find(visit.id("artifact"))
                .filter(each -> each.repository().equals(visit.repository().name()) && each.runId() == run)
                .orElseThrow(ApiException::notFound);
        if (artifact.expired(visit.now())) {
            throw new ApiException(410, "This artifact has expired.");
        }
        return Response.bytes("application/zip", artifact.sizeInBytes(), () -> artifacts.open(artifact))
                .with("Content-Disposition", "attachment; filename*=UTF-8''" + Paths.encode(artifact.name()) + ".zip");
    }
}
