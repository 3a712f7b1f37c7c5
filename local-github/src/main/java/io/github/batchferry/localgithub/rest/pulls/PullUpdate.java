package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.rest.issues.IssueFields;
import io.github.batchferry.localgithub.rest.issues.IssueState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.Constants;

/**
 * Sees to it that a pull request can be changed.
 *
 * @param repository where it is
 * @param book all there are, as they are now
 * @param issue the pull request
 * @param now when it is changed
 */
record PullUpdate(HostedRepository repository, IssueBook book, Issue issue, Instant now) {
    /** What makes it as a body wants it. */
    UnaryOperator<Issue> of(Fields body, String login) throws IOException, ApiException {
        List<UnaryOperator<Issue>> changes = new ArrayList<>();
        Optional<String> title = IssueFields.title(body, PullCall.RESOURCE);
        Optional<String> text = IssueFields.text(body, PullCall.RESOURCE);
        if (title.isPresent() || body.names("body")) {
            changes.add(each ->
                    each.worded(title.orElse(each.title()), body.names("body") ? text.orElse(null) : each.body(), now));
        }
        Optional<String> base =
                body.text("base").filter(branch -> !branch.equals(issue.pull().base()));
        if (base.isPresent()) {
            changes.add(onto(base.get()));
        }
        Optional<String> state = body.text("state");
        if (state.isPresent()) {
            changes.add(new IssueState(repository, book).change(issue, state.get(), "completed", login, now));
        }
        body.flag("maintainer_can_modify")
                .ifPresent(allowed -> changes.add(each -> each.with(each.pull().modifiable(allowed), now)));
        return each ->
                changes.stream().reduce(each, (before, change) -> change.apply(before), (first, second) -> second);
    }

    private UnaryOperator<Issue> onto(String base) throws IOException, ApiException {
        if (!issue.open()) {
            throw base("Cannot change the base branch of a closed pull request.");
        }
        String head = issue.pull().head();
        String tip = repository
                .refs()
                .tip(Constants.R_HEADS + base)
                .orElseThrow(() -> base("Proposed base branch '" + base + "' was not found"));
        if (repository.refs().follows(issue.pull().headCommit(), tip)) {
            throw base("There are no new commits between base branch '" + base + "' and head branch '" + head + "'");
        }
        if (book.openPull(head, base).isPresent()) {
            throw base("A pull request already exists for base branch '" + base + "' and head branch '" + head + "'");
        }
        return each -> each.with(each.pull().onto(base, tip), now);
    }

    private static ApiException base(String message) {
        return ApiException.invalid(new FieldError(PullCall.RESOURCE, "base", "invalid", message));
    }
}
