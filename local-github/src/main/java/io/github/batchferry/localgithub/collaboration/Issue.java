package io.github.batchferry.localgithub.collaboration;

import java.time.Instant;
import java.util.List;

/**
 * An issue, or a pull request, which is an issue with changes.
 *
 * @param number unique in its repository, counted from 1
 * @param title one line
 * @param body Markdown; null for none
 * @param author login
 * @param createdAt when it was opened
 * @param updatedAt when anything of it last changed
 * @param closing null while it is open
 * @param reopened whether it was closed before, and is open now
 * @param labels ids of labels
 * @param assignees logins
 * @param pull null if no changes belong to it
 */
public record Issue(
        int number,
        String title,
        String body,
        String author,
        Instant createdAt,
        Instant updatedAt,
        Closing closing,
        boolean reopened,
        List<Long> labels,
        List<String> assignees,
        PullRequest pull) {
    public Issue {
        labels = List.copyOf(labels);
        assignees = List.copyOf(assignees);
    }

    /** Whether it is open. */
    public boolean open() {
        return closing == null;
    }

    /** Whether it is a pull request. */
    public boolean hasChanges() {
        return pull != null;
    }

    /** The same with other words. */
    public Issue worded(String newTitle, String newBody, Instant now) {
        return new Issue(number, newTitle, newBody, author, createdAt, now, closing, reopened, labels, assignees, pull);
    }

    /** The same, closed; one that is closed already gets the new reason. */
    public Issue closed(Closing how) {
        return new Issue(number, title, body, author, createdAt, how.at(), how, false, labels, assignees, pull);
    }

    /** The same, open again; one that is open is left as it is. */
    public Issue reopened(Instant now) {
        return open()
                ? this
                : new Issue(number, title, body, author, createdAt, now, null, true, labels, assignees, pull);
    }

    /** The same with other labels. */
    public Issue labelled(List<Long> ids, Instant now) {
        return new Issue(number, title, body, author, createdAt, now, closing, reopened, ids, assignees, pull);
    }

    /** The same for other people to do. */
    public Issue assigned(List<String> logins, Instant now) {
        return new Issue(number, title, body, author, createdAt, now, closing, reopened, labels, logins, pull);
    }

    /** The same with its changes described anew. */
    public Issue with(PullRequest changed, Instant now) {
        return new Issue(number, title, body, author, createdAt, now, closing, reopened, labels, assignees, changed);
    }

    /** The same after somebody commented on it. */
    public Issue touched(Instant now) {
        return with(pull, now);
    }
}
