package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Route;
import io.github.batchferry.localgithub.store.RepositorySettings;

/** What calls about pull requests have in common. */
final class PullCall {
    static final String PULLS = Route.REPOSITORY + "/pulls";
    static final String PULL = PULLS + "/{number}";
    static final String SCOPE = "pull-requests";
    static final String RESOURCE = "PullRequest";

    private PullCall() {}

    /** The pull request whose number the path holds. */
    static Issue pull(Request request, IssueBook book) throws ApiException {
        return book.issue(request.id("number")).filter(Issue::hasChanges).orElseThrow(ApiException::notFound);
    }

    /** Whether a job's token calls that may neither open nor approve pull requests. */
    static boolean isMereJob(Request request, RepositorySettings settings) {
        return request.caller() instanceof Caller.Job
                && !settings.workflowRights().pullRequests();
    }

    /** The error of a field that cannot be as it is. */
    static ApiException invalid(String field) {
        return ApiException.invalid(FieldError.of(RESOURCE, field, "invalid"));
    }

    /** An error that only words can tell. */
    static ApiException custom(String message) {
        return ApiException.invalid(FieldError.custom(RESOURCE, message));
    }
}
