package io.github.batchferry.localgithub.rest.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.rest.shape.Signatures;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevTag;

/** Annotated tags as objects of git; the ref of the same name is another thing. */
public final class TagRoutes implements Routes {
    private static final String TAGS = Route.REPOSITORY + "/git/tags";
    private static final Set<String> KINDS = Set.of("commit", "tree", "blob");

    private final RepositoryJson repositories;
    private final Signatures signatures;

    public TagRoutes(RepositoryJson repositories, Signatures signatures) {
        this.repositories = repositories;
        this.signatures = signatures;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("POST", TAGS, "contents", Access.WRITE, this::create),
                Route.of("GET", TAGS + "/{sha}", "contents", Access.READ, this::tag));
    }

    /** {@code GET /repos/{owner}/{repo}/git/tags/{sha}}. */
    public Response tag(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String sha = request.path().get("sha");
        return Response.ok(json(repository, repository.objects().tag(sha).orElseThrow(ApiException::notFound)));
    }

    /** {@code POST /repos/{owner}/{repo}/git/tags}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Fields body = Fields.of(request, "Tag");
        String name = body.needed("tag");
        String message = body.needed("message");
        String target = body.needed("object");
        String kind = body.needed("type");
        if (!KINDS.contains(kind)) {
            throw body.invalid("type", "type must be commit, tree or blob");
        }
        if (!repository.objects().has(target, kind)) {
            throw ApiException.unprocessable("Object does not exist or is not a " + kind);
        }
        PersonIdent tagger = signatures.of(body, "tagger", signatures.caller(request));
        String sha = repository.objects().insertTag(name, target, kind, message, tagger);
        ObjectNode json = json(repository, repository.objects().tag(sha).orElseThrow());
        return Response.json(201, json).with("Location", json.path("url").asText());
    }

    private ObjectNode json(HostedRepository repository, RevTag tag) {
        String api = repositories.url(repository) + "/git/";
        String kind = Constants.typeString(tag.getObject().getType());
        ObjectNode json = Json.object()
                .put("node_id", CommitJson.nodeId(repository, "Tag", tag.name()))
                .put("tag", tag.getTagName())
                .put("sha", tag.name())
                .put("url", api + "tags/" + tag.name())
                .put("message", tag.getFullMessage().stripTrailing());
        // a tag may be older than the field
        json.set(
                "tagger",
                tag.getTaggerIdent() == null
                        ? Json.object().put("name", "").put("email", "").put("date", "")
                        : CommitJson.person(tag.getTaggerIdent()));
        json.putObject("object")
                .put("sha", tag.getObject().name())
                .put("type", kind)
                .put("url", api + kind + "s/" + tag.getObject().name());
        json.set("verification", CommitJson.verification());
        return json;
    }
}
