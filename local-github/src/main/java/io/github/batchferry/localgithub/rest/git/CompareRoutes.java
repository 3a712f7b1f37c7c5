package io.github.batchferry.localgithub.rest.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** What one commit has that another has not. */
public final class CompareRoutes implements Routes {
    private static final int MOST_FILES = 300;
    private static final int USUAL_COMMITS = 250;

    private final RepositoryJson repositories;
    private final CommitJson commits;

    public CompareRoutes(RepositoryJson repositories, CommitJson commits) {
        this.repositories = repositories;
        this.commits = commits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", Route.REPOSITORY + "/compare/{basehead...}", "contents", Access.READ, this::compare));
    }

    /** {@code GET /repos/{owner}/{repo}/compare/{base}...{head}}, as JSON or as a diff. */
    public Response compare(Request request) throws IOException, ApiException {
        HostedRepository repository = GitCall.filled(request);
        String[] ends = request.path().get("basehead").split("\\.\\.\\.", 2);
        if (ends.length < 2) {
            throw ApiException.notFound();
        }
        String base = revision(repository, ends[0]);
        String head = revision(repository, ends[1]);
        String common = repository
                .history()
                .mergeBase(base, head)
                .orElseThrow(
                        () -> new ApiException(404, "No common ancestor between " + ends[0] + " and " + ends[1] + "."));
        Optional<Response> diff = DiffAnswer.of(request, repository, Optional.of(common), head);
        return diff.isPresent() ? diff.get() : json(request, base, head, common);
    }

    /** A branch, tag or commit, with or without its owner, who has to be this repository's. */
    private static String revision(HostedRepository repository, String text) throws IOException, ApiException {
        String owner = repository.name().owner() + ":";
        return repository
                .revision(text.startsWith(owner) ? text.substring(owner.length()) : text)
                .orElseThrow(ApiException::notFound);
    }

    private Response json(Request request, String base, String head, String common) throws IOException {
        HostedRepository repository = request.repository();
        List<RevCommit> ahead = repository.history().between(base, head);
        int behind = repository.history().between(head, base).size();
        String html = repositories.htmlUrl(repository) + "/compare/";
        String path = Paths.encode(request.path().get("basehead"));
        ObjectNode json = Json.object()
                .put("url", repositories.url(repository) + "/compare/" + path)
                .put("html_url", html + path)
                .put("permalink_url", html + base + "..." + head)
                .put("diff_url", html + path + ".diff")
                .put("patch_url", html + path + ".patch")
                .put("status", status(ahead.size(), behind))
                .put("ahead_by", ahead.size())
                .put("behind_by", behind)
                .put("total_commits", ahead.size());
        json.set("base_commit", commits.full(repository, repository.commit(base)));
        json.set("merge_base_commit", commits.full(repository, repository.commit(common)));
        Page page = Page.of(request, USUAL_COMMITS);
        ArrayNode list = json.putArray("commits");
        page.of(ahead).forEach(commit -> list.add(commits.full(repository, commit)));
        if (page.number() == 1) {
            List<FileChange> files = repository.changes().between(Optional.of(common), head);
            json.set("files", commits.files(repository, head, files.subList(0, Math.min(MOST_FILES, files.size()))));
        }
        String url = repositories.url(repository) + "/compare/" + path;
        return page.link(Response.ok(json), url, request.query(), ahead.size());
    }

    private static String status(int ahead, int behind) {
        if (ahead > 0) {
            return behind > 0 ? "diverged" : "ahead";
        }
        return behind > 0 ? "behind" : "identical";
    }
}
