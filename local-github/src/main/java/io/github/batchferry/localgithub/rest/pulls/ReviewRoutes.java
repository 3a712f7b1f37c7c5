package io.github.batchferry.localgithub.rest.pulls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.collaboration.Review;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.http.Routes;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.issues.Association;
import io.github.batchferry.localgithub.rest.issues.IssueFields;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.StableId;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Reviews of pull requests, as a whole: there are no comments on single lines. */
public final class ReviewRoutes implements Routes {
    private static final String REVIEWS = PullCall.PULL + "/reviews";

    private final RepositoryDocument<IssueBook> books;
    private final RepositoryDocument<RepositorySettings> settings;
    private final PullRequests pulls;
    private final AccountJson accounts;
    private final PullJson json;
    private final Clock clock;

    public ReviewRoutes(
            RepositoryDocument<IssueBook> books,
            RepositoryDocument<RepositorySettings> settings,
            PullRequests pulls,
            AccountJson accounts,
            PullJson json,
            Clock clock) {
        this.books = books;
        this.settings = settings;
        this.pulls = pulls;
        this.accounts = accounts;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", REVIEWS, PullCall.SCOPE, Access.READ, this::reviews),
                Route.of("POST", REVIEWS, PullCall.SCOPE, Access.WRITE, this::create),
                Route.of("GET", REVIEWS + "/{id}", PullCall.SCOPE, Access.READ, this::review));
    }

    /** {@code GET /repos/{owner}/{repo}/pulls/{number}/reviews}, oldest first. */
    public Response reviews(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Issue issue = PullCall.pull(request, pulls.look(repository));
        List<Review> all = issue.pull().reviews();
        Page page = Page.of(request);
        ArrayNode list = Json.array();
        page.of(all).forEach(review -> list.add(json(repository, issue, review)));
        return page.link(Response.ok(list), json.url(repository, issue) + "/reviews", request.query(), all.size());
    }

    /** {@code GET /repos/{owner}/{repo}/pulls/{number}/reviews/{id}}. */
    public Response review(Request request) throws IOException, ApiException {
        Issue issue = PullCall.pull(request, pulls.look(request.repository()));
        long id = request.id("id");
        Review review = issue.pull().reviews().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(ApiException::notFound);
        return Response.ok(json(request.repository(), issue, review));
    }

    /** {@code POST /repos/{owner}/{repo}/pulls/{number}/reviews}. */
    public Response create(Request request) throws IOException, ApiException {
        HostedRepository repository = request.repository();
        Issue issue = PullCall.pull(request, pulls.look(repository));
        Fields body = Fields.orNone(request, "PullRequestReview");
        if (!body.objects("comments").isEmpty()) {
            throw body.invalid("comments", "the embedded GitHub keeps no comments on lines; leave `comments` out");
        }
        Review.Verdict verdict = verdict(request, issue, body);
        String text = IssueFields.text(body, "PullRequestReview").orElse("");
        String commit = body.text("commit_id").orElse(issue.pull().headCommit());
        IssueBook after = books.update(repository.name(), before -> {
            Review review = new Review(
                    before.lastId() + 1,
                    request.caller().login(),
                    text,
                    verdict,
                    commit,
                    verdict == Review.Verdict.PENDING ? null : clock.instant());
            return before.numbered()
                    .changed(issue.number(), each -> each.with(each.pull().reviewed(review), clock.instant()));
        });
        List<Review> reviews = after.issue(issue.number()).orElseThrow().pull().reviews();
        return Response.ok(json(repository, issue, reviews.get(reviews.size() - 1)));
    }

    private Review.Verdict verdict(Request request, Issue issue, Fields body) throws ApiException {
        String event = body.text("event").orElse("PENDING");
        boolean own = issue.author().equals(request.caller().login());
        boolean mute = body.text("body").orElse("").isBlank();
        if (event.equals("APPROVE")
                && PullCall.isMereJob(request, settings.of(request.repository().name()))) {
            throw ApiException.unprocessable("GitHub Actions is not permitted to approve pull requests.");
        }
        if (own && event.equals("APPROVE")) {
            throw ApiException.unprocessable("Can not approve your own pull request");
        }
        if (own && event.equals("REQUEST_CHANGES")) {
            throw ApiException.unprocessable("Can not request changes on your own pull request");
        }
        if (mute && event.matches("REQUEST_CHANGES|COMMENT")) {
            throw ApiException.unprocessable("Could not submit a review of this kind without a body");
        }
        return switch (event) {
            case "APPROVE" -> Review.Verdict.APPROVED;
            case "REQUEST_CHANGES" -> Review.Verdict.CHANGES_REQUESTED;
            case "COMMENT" -> Review.Verdict.COMMENTED;
            case "PENDING" -> Review.Verdict.PENDING;
            default -> throw body.invalid("event", "event must be APPROVE, REQUEST_CHANGES or COMMENT");
        };
    }

    private ObjectNode json(HostedRepository repository, Issue issue, Review review) {
        String html = json.htmlUrl(repository, issue) + "#pullrequestreview-" + review.id();
        long id = StableId.of(repository.name() + " review " + review.id());
        ObjectNode json = Json.object()
                .put("id", review.id())
                .put("node_id", AccountJson.nodeId("PullRequestReview", id))
                .put("body", review.body())
                .put("state", review.verdict().name())
                .put("html_url", html)
                .put("pull_request_url", this.json.url(repository, issue))
                .put("commit_id", review.commit())
                .put("author_association", Association.of(repository, review.author()));
        json.set("user", accounts.simpleUser(review.author()));
        ObjectNode links = json.putObject("_links");
        links.putObject("html").put("href", html);
        links.putObject("pull_request").put("href", this.json.url(repository, issue));
        return review.submittedAt() == null
                ? json
                : json.put("submitted_at", RepositoryJson.time(review.submittedAt()));
    }
}
