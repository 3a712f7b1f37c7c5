package io.github.batchferry.localgithub.rest.issues;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.workflow.Permissions.Access;

/** Who may do what with issues: for a pull request, the permission for pull requests is enough. */
final class IssueCall {
    private IssueCall() {}

    /** The issue or pull request whose number the path holds, if the caller may use it this far. */
    static Issue issue(Request request, IssueBook book, Access access) throws ApiException {
        Issue issue = book.issue(request.id("number")).orElseThrow(ApiException::notFound);
        check(request, issue, access);
        return issue;
    }

    static void check(Request request, Issue issue, Access access) throws ApiException {
        if (!may(request, "issues", access) && !(issue.hasChanges() && may(request, "pull-requests", access))) {
            throw ApiException.forbidden();
        }
    }

    /** Whether anything among issues and pull requests may be used this far. */
    static void any(Request request, Access access) throws ApiException {
        if (!may(request, "issues", access) && !may(request, "pull-requests", access)) {
            throw ApiException.forbidden();
        }
    }

    private static boolean may(Request request, String scope, Access access) {
        return request.caller().may(request.repository().name(), scope, access);
    }
}
