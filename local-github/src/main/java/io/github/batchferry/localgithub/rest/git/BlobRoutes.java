package io.github.batchferry.localgithub.rest.git;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.Base64Text;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.lib.ObjectLoader;

/** The contents of files, by their names in git. */
public final class BlobRoutes implements Routes {
    private static final String BLOBS = Route.REPOSITORY + "/git/blobs";
    private static final long LARGEST = 100L << 20;

    private final RepositoryJson repositories;

    public BlobRoutes(RepositoryJson repositories) {
        this.repositories = repositories;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("POST", BLOBS, "contents", Access.WRITE, this::create),
                Route.of("GET", BLOBS + "/{sha}", "contents", Access.READ, this::blob));
    }

    /** {@code POST /repos/{owner}/{repo}/git/blobs}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Fields body = Fields.of(request, "Blob");
        String content = body.needed("content");
        String encoding = body.text("encoding").orElse("utf-8");
        byte[] bytes = switch (encoding) {
            case "utf-8" -> content.getBytes(StandardCharsets.UTF_8);
            case "base64" ->
                Base64Text.decode(content).orElseThrow(() -> ApiException.unprocessable("content is not valid Base64"));
            default -> throw body.invalid("encoding", "encoding must be utf-8 or base64");
        };
        String sha = repository.objects().insertBlob(bytes);
        String url = url(repository, sha);
        return Response.json(201, Json.object().put("sha", sha).put("url", url)).with("Location", url);
    }

    /** {@code GET /repos/{owner}/{repo}/git/blobs/{sha}}. */
    public Response blob(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String sha = request.path().get("sha");
        ObjectLoader blob = repository.objects().blob(sha).orElseThrow(ApiException::notFound);
        if (blob.getSize() > LARGEST) {
            throw new ApiException(403, "This API returns blobs up to 100 MB in size.");
        }
        if (request.accept().contains(".raw")) {
            return Response.bytes("application/vnd.github.raw; charset=utf-8", blob.getSize(), blob::openStream)
                    .with("ETag", "\"" + sha + "\"");
        }
        return Response.ok(Json.object()
                .put("sha", sha)
                .put("node_id", CommitJson.nodeId(repository, "Blob", sha))
                .put("size", blob.getSize())
                .put("url", url(repository, sha))
                .put("content", Base64Text.encode(blob.getBytes()))
                .put("encoding", "base64"));
    }

    private String url(HostedRepository repository, String sha) {
        return repositories.url(repository) + "/git/blobs/" + sha;
    }
}
