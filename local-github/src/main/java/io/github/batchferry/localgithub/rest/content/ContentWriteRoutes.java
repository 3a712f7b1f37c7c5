package io.github.batchferry.localgithub.rest.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.FileWrite;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.http.TemporaryLinks;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.Base64Text;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.rest.shape.Signatures;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;

/** The files in repositories, for changing one at a time; each change is a commit. */
public final class ContentWriteRoutes implements Routes {
    private static final String CONTENTS = Route.REPOSITORY + "/contents/{path...}";
    private static final String WORKFLOWS = ".github/workflows/";

    private final EntryJson entries;
    private final CommitJson commits;
    private final Signatures signatures;
    private final PullRequests pulls;

    public ContentWriteRoutes(
            RepositoryJson repositories,
            CommitJson commits,
            TemporaryLinks links,
            Signatures signatures,
            PullRequests pulls) {
        this.entries = new EntryJson(repositories, links);
        this.commits = commits;
        this.signatures = signatures;
        this.pulls = pulls;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", CONTENTS, "contents", Access.WRITE, this::put),
                Route.of("DELETE", CONTENTS, "contents", Access.WRITE, this::delete));
    }

    /** {@code PUT /repos/{owner}/{repo}/contents/{path}}. */
    public Response put(Request request) throws IOException, ApiException {
        Fields body = Fields.of(request, "Content");
        String message = body.needed("message");
        byte[] content = Base64Text.decode(body.needed("content"))
                .orElseThrow(() -> ApiException.unprocessable("content is not valid Base64"));
        FileWrite.Written written = write(request, body, message, Optional.of(content), body.text("sha"));
        HostedRepository repository = request.repository();
        TreeEntry file =
                repository.entry(written.commit(), request.path().get("path")).orElseThrow();
        ObjectNode json = commit(repository, written);
        json.set("content", entries.of(repository, file, branch(repository, body)));
        return Response.json(written.created() ? 201 : 200, json);
    }

    /** {@code DELETE /repos/{owner}/{repo}/contents/{path}}. */
    public Response delete(Request request) throws IOException, ApiException {
        // clients without bodies for DELETE send the same as a query
        Fields body = request.body().length == 0 ? Fields.ofQuery(request, "Content") : Fields.of(request, "Content");
        String message = body.needed("message");
        FileWrite.Written written = write(request, body, message, Optional.empty(), Optional.of(body.needed("sha")));
        return Response.ok(commit(request.repository(), written).putNull("content"));
    }

    private ObjectNode commit(HostedRepository repository, FileWrite.Written written) throws IOException {
        ObjectNode json = Json.object().putNull("content");
        json.set("commit", commits.git(repository, repository.commit(written.commit())));
        return json;
    }

    private static String branch(HostedRepository repository, Fields body) throws IOException, ApiException {
        Optional<String> branch = body.text("branch");
        return branch.isPresent() ? branch.get().replaceFirst("^" + Constants.R_HEADS, "") : repository.defaultBranch();
    }

    private FileWrite.Written write(
            Request request, Fields body, String message, Optional<byte[]> content, Optional<String> replaces)
            throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String path = request.path().get("path");
        if (path.startsWith(WORKFLOWS) && !request.caller().may(repository.name(), "workflows", Access.WRITE)) {
            throw ApiException.forbidden();
        }
        String branch = branch(repository, body);
        PersonIdent committer = signatures.of(body, "committer", signatures.caller(request));
        PersonIdent author = signatures.of(body, "author", committer);
        FileWrite write =
                new FileWrite(Constants.R_HEADS + branch, path, content, replaces, message, author, committer);
        pulls.look(repository);
        try {
            return written(repository.files().write(write), path, branch);
        } catch (IllegalArgumentException e) {
            throw ApiException.unprocessable("path contains a malformed path component");
        }
    }

    private static FileWrite.Written written(FileWrite.Outcome outcome, String path, String branch)
            throws ApiException {
        if (outcome instanceof FileWrite.Written done) {
            return done;
        }
        if (outcome instanceof FileWrite.NoBranch) {
            throw new ApiException(404, "Branch " + branch + " not found");
        }
        if (outcome instanceof FileWrite.NoFile) {
            throw ApiException.notFound();
        }
        if (outcome instanceof FileWrite.Unseen) {
            throw ApiException.unprocessable("Invalid request.\n\n\"sha\" wasn't supplied.");
        }
        if (outcome instanceof FileWrite.Changed changed) {
            throw new ApiException(409, path + " does not match " + changed.known());
        }
        throw ApiException.unprocessable(path + " is a directory, or leads through a file");
    }
}
