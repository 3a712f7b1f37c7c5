package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.access.CommitIdentity;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.Proposal;
import io.github.batchferry.localgithub.collaboration.PullRequest;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.RefChange;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.Signatures;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/** Brings what happened on the base of a pull request to its head. */
public final class UpdateBranchRoutes implements Routes {
    private final PullRequests pulls;
    private final PullJson json;
    private final Signatures signatures;

    public UpdateBranchRoutes(PullRequests pulls, PullJson json, Signatures signatures) {
        this.pulls = pulls;
        this.json = json;
        this.signatures = signatures;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of("PUT", PullCall.PULL + "/update-branch", PullCall.SCOPE, Access.WRITE, this::update));
    }

    /** {@code PUT /repos/{owner}/{repo}/pulls/{number}/update-branch}, done at once. */
    public Response update(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Fields body = Fields.orNone(request, PullCall.RESOURCE);
        Issue issue = PullCall.pull(request, pulls.look(repository));
        PullRequest pull = issue.pull();
        Optional<String> expected = body.text("expected_head_sha");
        if (expected.isPresent() && !expected.get().equals(pull.headCommit())) {
            throw ApiException.unprocessable("expected head sha didn't match current head ref.");
        }
        if (!issue.open() || repository.refs().follows(pull.baseCommit(), pull.headCommit())) {
            throw ApiException.unprocessable("There are no new commits on the base branch.");
        }
        String commit = commit(request, pull);
        String head = Constants.R_HEADS + pull.head();
        if (repository.refs().replace(head, pull.headCommit(), commit) != RefChange.DONE) {
            throw ApiException.unprocessable("expected head sha didn't match current head ref.");
        }
        return Response.json(
                202,
                Json.object()
                        .put("message", "Updating pull request branch.")
                        .put("url", json.htmlUrl(repository, issue)));
    }

    private String commit(Request request, PullRequest pull) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        String tree = new Proposal(repository, pull)
                .mergedTree()
                .orElseThrow(() -> ApiException.unprocessable("merge conflict between base and head"));
        return repository
                .objects()
                .insertCommit(
                        tree,
                        List.of(pull.headCommit(), pull.baseCommit()),
                        "Merge branch '" + pull.base() + "' into " + pull.head(),
                        signatures.caller(request),
                        signatures.person(CommitIdentity.GITHUB));
    }
}
