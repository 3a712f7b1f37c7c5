package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequest;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Fields;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/**
 * Sees to it that a pull request can be opened.
 *
 * @param repository where
 * @param book all there are, as they are now
 */
record PullCreation(HostedRepository repository, IssueBook book) {
    /** The new one, as a body wants it. */
    PullRequest of(Fields body) throws IOException, ApiException {
        refuseForks(body);
        String head = branch(body.needed("head"));
        String base = body.needed("base");
        String headCommit = tip(head, "head");
        String baseCommit = tip(base, "base");
        checkCommits(head, base, headCommit, baseCommit);
        if (book.openPull(head, base).isPresent()) {
            throw PullCall.custom(
                    "A pull request already exists for " + repository.name().owner() + ":" + head + ".");
        }
        return PullRequest.opened(
                head,
                base,
                headCommit,
                baseCommit,
                body.flag("draft").orElse(false),
                body.flag("maintainer_can_modify").orElse(false));
    }

    private void refuseForks(Fields body) throws ApiException {
        Optional<String> fork = body.text("head_repo");
        if (fork.isPresent() && !fork.get().equals(repository.name().name())) {
            throw ApiException.invalid(new FieldError(
                    PullCall.RESOURCE, "head_repo", "invalid", "the embedded GitHub has no forks; leave it out"));
        }
        if (body.number("issue").isPresent()) {
            throw ApiException.invalid(new FieldError(
                    PullCall.RESOURCE,
                    "issue",
                    "invalid",
                    "the embedded GitHub makes no pull requests of issues; give a title"));
        }
    }

    private String branch(String head) throws ApiException {
        int colon = head.indexOf(':');
        if (colon >= 0
                && !head.substring(0, colon).equalsIgnoreCase(repository.name().owner())) {
            throw PullCall.invalid("head");
        }
        return head.substring(colon + 1);
    }

    private String tip(String branch, String field) throws IOException, ApiException {
        return repository.refs().tip(Constants.R_HEADS + branch).orElseThrow(() -> PullCall.invalid(field));
    }

    private void checkCommits(String head, String base, String headCommit, String baseCommit)
            throws IOException, ApiException {
        if (repository.refs().follows(headCommit, baseCommit)) {
            throw PullCall.custom("No commits between " + base + " and " + head);
        }
        if (repository.history().mergeBase(headCommit, baseCommit).isEmpty()) {
            throw PullCall.custom("The " + head + " branch has no history in common with " + base);
        }
    }
}
