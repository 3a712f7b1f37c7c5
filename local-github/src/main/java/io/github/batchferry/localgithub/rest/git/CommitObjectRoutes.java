package io.github.batchferry.localgithub.rest.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.Signatures;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;

/** Commits as objects of git, without the accounts of their people. */
public final class CommitObjectRoutes implements Routes {
    private static final String COMMITS = Route.REPOSITORY + "/git/commits";

    private final CommitJson commits;
    private final Signatures signatures;

    public CommitObjectRoutes(CommitJson commits, Signatures signatures) {
        this.commits = commits;
        this.signatures = signatures;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("POST", COMMITS, "contents", Access.WRITE, this::create),
                Route.of("GET", COMMITS + "/{sha}", "contents", Access.READ, this::commit));
    }

    /** {@code GET /repos/{owner}/{repo}/git/commits/{sha}}. */
    public Response commit(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String sha = request.path().get("sha");
        if (!repository.objects().has(sha, Constants.TYPE_COMMIT)) {
            throw ApiException.notFound();
        }
        return Response.ok(commits.git(repository, repository.commit(sha)));
    }

    /** {@code POST /repos/{owner}/{repo}/git/commits}; no branch points at it yet. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        Fields body = Fields.of(request, "Commit");
        String message = body.needed("message");
        String tree = body.needed("tree");
        if (body.text("signature").isPresent()) {
            throw body.invalid("signature", "the embedded GitHub makes no signed commits; leave `signature` out");
        }
        if (!repository.objects().has(tree, Constants.TYPE_TREE)) {
            throw ApiException.unprocessable("Tree SHA does not exist");
        }
        List<String> parents = body.texts("parents").orElse(List.of());
        for (String parent : parents) {
            if (!repository.objects().has(parent, Constants.TYPE_COMMIT)) {
                throw ApiException.unprocessable("Parent SHA does not exist or is not a commit object");
            }
        }
        PersonIdent author = signatures.of(body, "author", signatures.caller(request));
        PersonIdent committer = signatures.of(body, "committer", author);
        String sha = repository.objects().insertCommit(tree, parents, message, author, committer);
        ObjectNode json = commits.git(repository, repository.commit(sha));
        return Response.json(201, json).with("Location", json.path("url").asText());
    }
}
