package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The message of the commit that a merge makes.
 *
 * @param title its first line
 * @param text what follows; may be empty
 */
record MergeMessage(String title, String text) {
    /** For a merge commit: who comes from where, and what it is about. */
    static MergeMessage ofMerge(Fields body, HostedRepository repository, Issue issue) throws ApiException {
        String from = repository.name().owner() + "/" + issue.pull().head();
        return new MergeMessage(
                body.text("commit_title").orElse("Merge pull request #" + issue.number() + " from " + from),
                body.text("commit_message").orElse(issue.title()));
    }

    /** For a single commit: that of the only one, or all of them in a list. */
    static MergeMessage ofSquash(Fields body, Issue issue, List<RevCommit> commits) throws ApiException {
        boolean single = commits.size() == 1;
        String title = single ? commits.get(0).getShortMessage() : issue.title();
        String text = single
                ? rest(commits.get(0))
                : commits.stream()
                        .map(commit -> "* " + commit.getFullMessage().strip())
                        .collect(Collectors.joining("\n\n"));
        return new MergeMessage(
                body.text("commit_title").orElse(title + " (#" + issue.number() + ")"),
                body.text("commit_message").orElse(text));
    }

    private static String rest(RevCommit commit) {
        String message = commit.getFullMessage();
        int end = message.indexOf('\n');
        return end < 0 ? "" : message.substring(end).strip();
    }

    @Override
    public String toString() {
        return text.isEmpty() ? title : title + "\n\n" + text;
    }
}
