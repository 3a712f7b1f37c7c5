package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.access.CommitIdentity;
import io.github.batchferry.localgithub.collaboration.Closing;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.Merge;
import io.github.batchferry.localgithub.collaboration.Proposal;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.hosting.BranchRules;
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
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Merging of pull requests. */
public final class MergeRoutes implements Routes {
    private static final String MERGE = PullCall.PULL + "/merge";

    private final RepositoryDocument<IssueBook> books;
    private final RepositoryDocument<RepositoryProfile> profiles;
    private final RepositoryDocument<RepositorySettings> settings;
    private final PullRequests pulls;
    private final Signatures signatures;
    private final Clock clock;

    public MergeRoutes(
            RepositoryDocument<IssueBook> books,
            RepositoryDocument<RepositoryProfile> profiles,
            RepositoryDocument<RepositorySettings> settings,
            PullRequests pulls,
            Signatures signatures,
            Clock clock) {
        this.books = books;
        this.profiles = profiles;
        this.settings = settings;
        this.pulls = pulls;
        this.signatures = signatures;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", MERGE, PullCall.SCOPE, Access.READ, this::merged),
                Route.of("PUT", MERGE, "contents", Access.WRITE, this::merge));
    }

    /** {@code GET /repos/{owner}/{repo}/pulls/{number}/merge}: whether it was merged. */
    public Response merged(Request request) throws IOException, ApiException {
        Issue issue = PullCall.pull(request, pulls.look(request.repository()));
        if (!issue.pull().merged()) {
            throw ApiException.notFound();
        }
        return Response.empty(204);
    }

    /** {@code PUT /repos/{owner}/{repo}/pulls/{number}/merge}. */
    public Response merge(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Fields body = Fields.orNone(request, PullCall.RESOURCE);
        pulls.lock().lock();
        try {
            Issue issue = PullCall.pull(request, pulls.look(repository));
            MergeMethod method = method(repository, issue, body);
            String commit = commit(request, issue, body, method);
            RefChange change = repository
                    .refs()
                    .replace(
                            Constants.R_HEADS + issue.pull().base(),
                            issue.pull().baseCommit(),
                            commit);
            if (change != RefChange.DONE) {
                throw new ApiException(405, "Base branch was modified. Review and try the merge again.");
            }
            note(request, issue, commit);
            deleteHead(repository, issue);
            return Response.ok(Json.object()
                    .put("sha", commit)
                    .put("merged", true)
                    .put("message", "Pull Request successfully merged"));
        } finally {
            pulls.lock().unlock();
        }
    }

    private MergeMethod method(HostedRepository repository, Issue issue, Fields body) throws ApiException {
        MergeMethod method = MergeMethod.of(body.text("merge_method").orElse("merge"));
        if (!issue.open()) {
            throw new ApiException(405, "Pull Request is not mergeable");
        }
        if (issue.pull().draft()) {
            throw new ApiException(405, "Pull Request is still a draft");
        }
        method.check(profiles.of(repository.name()));
        Optional<String> seen = body.text("sha");
        if (seen.isPresent() && !seen.get().equals(issue.pull().headCommit())) {
            throw new ApiException(409, "Head branch was modified. Review and try the merge again.");
        }
        return method;
    }

    /** The new end of the base. */
    private String commit(Request request, Issue issue, Fields body, MergeMethod method)
            throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Proposal proposal = new Proposal(repository, issue.pull());
        String base = issue.pull().baseCommit();
        String tree = proposal.mergedTree().orElseThrow(() -> new ApiException(405, "Pull Request is not mergeable"));
        PersonIdent author = signatures.caller(request);
        PersonIdent committer = signatures.person(CommitIdentity.GITHUB);
        List<RevCommit> commits = proposal.commits();
        return switch (method) {
            case MERGE ->
                repository
                        .objects()
                        .insertCommit(
                                tree,
                                List.of(base, issue.pull().headCommit()),
                                MergeMessage.ofMerge(body, repository, issue).toString(),
                                author,
                                committer);
            case SQUASH ->
                repository
                        .objects()
                        .insertCommit(
                                tree,
                                List.of(base),
                                MergeMessage.ofSquash(body, issue, commits).toString(),
                                author,
                                committer);
            case REBASE ->
                repository
                        .merges()
                        .rebase(base, commits, author)
                        .orElseThrow(() -> new ApiException(405, "This branch can't be rebased"));
        };
    }

    private void note(Request request, Issue issue, String commit) {
        Instant now = clock.instant();
        String login = request.caller().login();
        books.update(
                request.repository().name(),
                book -> book.changed(
                        issue.number(),
                        each -> each.with(each.pull().merged(new Merge(now, login, commit)), now)
                                .closed(new Closing(now, login, null))));
    }

    private void deleteHead(HostedRepository repository, Issue issue) throws IOException {
        String head = Constants.R_HEADS + issue.pull().head();
        BranchRules rules = new BranchRules(
                repository.defaultBranch(), settings.of(repository.name()).protectedBranches());
        if (profiles.of(repository.name()).deleteBranches()
                && rules.againstDeletion(head).isEmpty()) {
            pulls.look(repository);
            repository.refs().delete(head);
        }
    }
}
