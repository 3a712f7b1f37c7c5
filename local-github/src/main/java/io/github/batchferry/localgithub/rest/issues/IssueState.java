package io.github.batchferry.localgithub.rest.issues;

import io.github.batchferry.localgithub.collaboration.Closing;
import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequest;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.Constants;

/**
 * Closes and opens issues and pull requests.
 *
 * @param repository where they are
 * @param book all there are, as they are now
 */
public record IssueState(HostedRepository repository, IssueBook book) {
    /**
     * What brings an issue into another state.
     *
     * @param state open or closed
     * @param reason why an issue is closed
     * @param login of who does it
     * @throws ApiException if it cannot be brought there
     */
    public UnaryOperator<Issue> change(Issue issue, String state, String reason, String login, Instant now)
            throws IOException, ApiException {
        return switch (state) {
            case "closed" -> each -> close(each, new Closing(now, login, each.hasChanges() ? null : reason));
            case "open" -> issue.hasChanges() && !issue.open() ? reopen(issue.pull(), now) : each -> each.reopened(now);
            default -> throw ApiException.invalid(FieldError.of("Issue", "state", "invalid"));
        };
    }

    private static Issue close(Issue issue, Closing closing) {
        boolean again = !issue.open()
                && (issue.hasChanges()
                        || closing.reason().equals(issue.closing().reason()));
        return again ? issue : issue.closed(closing);
    }

    private UnaryOperator<Issue> reopen(PullRequest pull, Instant now) throws IOException, ApiException {
        if (pull.merged()) {
            throw refused("The pull request cannot be reopened.");
        }
        Optional<String> head = repository.refs().tip(Constants.R_HEADS + pull.head());
        Optional<String> base = repository.refs().tip(Constants.R_HEADS + pull.base());
        if (head.isEmpty() || base.isEmpty()) {
            throw refused("The " + (head.isEmpty() ? pull.head() : pull.base()) + " branch has been deleted.");
        }
        if (repository.refs().follows(head.get(), base.get())) {
            throw refused("There are no new commits on the " + pull.head() + " branch.");
        }
        if (book.openPull(pull.head(), pull.base()).isPresent()) {
            throw refused("There is already an open pull request from " + pull.head() + " to " + pull.base() + ".");
        }
        return each -> each.with(each.pull().at(head.get(), base.get()), now).reopened(now);
    }

    private static ApiException refused(String why) {
        return ApiException.invalid(
                new FieldError("PullRequest", "state", "invalid", "state cannot be changed. " + why));
    }
}
