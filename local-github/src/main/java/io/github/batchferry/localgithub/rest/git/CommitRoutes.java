package io.github.batchferry.localgithub.rest.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.batchferry.localgithub.access.CommitIdentity;
import io.github.batchferry.localgithub.hosting.FileChange;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.CommitJson;
import io.github.batchferry.localgithub.rest.shape.DiffAnswer;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Commits with the accounts of their people and with what they changed. */
public final class CommitRoutes implements Routes {
    private static final String COMMITS = Route.REPOSITORY + "/commits";

    private final RepositoryJson repositories;
    private final CommitJson commits;

    public CommitRoutes(RepositoryJson repositories, CommitJson commits) {
        this.repositories = repositories;
        this.commits = commits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", COMMITS, "contents", Access.READ, this::list),
                Route.of("GET", COMMITS + "/{ref...}", "contents", Access.READ, this::one));
    }

    /** {@code GET /repos/{owner}/{repo}/commits}. */
    public Response list(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String tip =
                repository.revision(request.parameter("sha").orElse("HEAD")).orElseThrow(ApiException::notFound);
        List<RevCommit> found = repository
                .history()
                .log(tip, request.parameter("path").orElse(""), request.time("since"), request.time("until"))
                .stream()
                .filter(commit -> is(request.parameter("author"), commit.getAuthorIdent()))
                .filter(commit -> is(request.parameter("committer"), commit.getCommitterIdent()))
                .toList();
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(found).forEach(commit -> list.add(commits.full(repository, commit)));
        String url = repositories.url(repository) + "/commits";
        return page.link(Response.ok(list), url, request.query(), found.size());
    }

    /** Whether somebody is meant by a login or an address. */
    private static boolean is(Optional<String> wanted, PersonIdent person) {
        return wanted.isEmpty()
                || wanted.get().equalsIgnoreCase(person.getEmailAddress())
                || CommitIdentity.loginOf(person.getEmailAddress())
                        .filter(wanted.get()::equalsIgnoreCase)
                        .isPresent();
    }

    /** {@code GET /repos/{owner}/{repo}/commits/{ref}}, as JSON, as a diff, or as the bare name. */
    public Response one(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String ref = request.path().get("ref");
        String sha = repository
                .revision(ref)
                .orElseThrow(() -> ApiException.unprocessable("No commit found for SHA: " + ref));
        if (request.accept().contains(".sha")) {
            return Response.text("application/vnd.github.sha; charset=utf-8", sha);
        }
        RevCommit commit = repository.commit(sha);
        Optional<String> parent = Arrays.stream(commit.getParents()).findFirst().map(RevCommit::name);
        Optional<Response> diff = DiffAnswer.of(request, repository, parent, sha);
        return diff.isPresent() ? diff.get() : json(request, commit, parent);
    }

    private Response json(Request request, RevCommit commit, Optional<String> parent) throws IOException {
        HostedRepository repository = request.repository();
        List<FileChange> all = repository.changes().between(parent, commit.name());
        Page page = Page.of(request, 300);
        String url = repositories.url(repository) + "/commits/"
                + Paths.encode(request.path().get("ref"));
        Response response = Response.ok(commits.full(repository, commit, all, page.of(all)));
        return page.link(response, url, request.query(), all.size());
    }
}
