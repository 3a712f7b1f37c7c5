package io.github.batchferry.localgithub.collaboration;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All issues, pull requests, comments and labels of a repository.
 *
 * @param lastId highest id given to a comment, a label or a review
 * @param issues by number; pull requests among them
 * @param comments by id
 * @param labels by id
 */
public record IssueBook(
        long lastId,
        SortedMap<Integer, Issue> issues,
        SortedMap<Long, Comment> comments,
        SortedMap<Long, Label> labels) {
    /** What a new repository has. */
    public static final IssueBook NEW = new IssueBook(
            100,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            new TreeMap<>(Label.PRESETS.stream().collect(Collectors.toMap(Label::id, label -> label))));

    public IssueBook {
        issues = Collections.unmodifiableSortedMap(new TreeMap<>(issues));
        comments = Collections.unmodifiableSortedMap(new TreeMap<>(comments));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The highest number of an issue or pull request; 0 if there is none. None is ever removed. */
    public int lastNumber() {
        return issues.isEmpty() ? 0 : issues.lastKey();
    }

    /** How many issues and pull requests are open. */
    public int openIssues() {
        return (int) issues.values().stream().filter(Issue::open).count();
    }

    /** An issue or pull request. */
    public Optional<Issue> issue(long number) {
        return Optional.ofNullable(issues.get((int) number)).filter(issue -> issue.number() == number);
    }

    /** The open pull request from one branch to another. */
    public Optional<Issue> openPull(String head, String base) {
        return issues.values().stream()
                .filter(issue -> issue.open() && issue.hasChanges())
                .filter(issue ->
                        issue.pull().head().equals(head) && issue.pull().base().equals(base))
                .findFirst();
    }

    /** The comments on an issue or pull request, oldest first. */
    public List<Comment> commentsOn(int number) {
        return comments.values().stream()
                .filter(comment -> comment.issue() == number)
                .toList();
    }

    /** A label by its name. */
    public Optional<Label> label(String name) {
        return labels.values().stream()
                .filter(label -> label.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The labels of an issue that are still there, in the order in which it got them. */
    public List<Label> labelsOf(Issue issue) {
        return issue.labels().stream()
                .filter(labels::containsKey)
                .map(labels::get)
                .toList();
    }

    /** The book with a label of each name; those that are not there yet get a usual colour. */
    public IssueBook knowing(List<String> names) {
        IssueBook book = this;
        for (String name : names) {
            book = book.label(name).isPresent() ? book : book.labelled(name, Label.USUAL_COLOR, null);
        }
        return book;
    }

    /** The ids of labels by their names, each once; names of no label are passed over. */
    public List<Long> idsOf(List<String> names) {
        return names.stream()
                .flatMap(name -> label(name).stream())
                .map(Label::id)
                .distinct()
                .toList();
    }

    /** The book with an issue opened under the next number. */
    public IssueBook opened(
            String title,
            String body,
            String author,
            List<Long> ids,
            List<String> assignees,
            PullRequest pull,
            Instant now) {
        return with(new Issue(lastNumber() + 1, title, body, author, now, now, null, false, ids, assignees, pull));
    }

    /** The book with an issue added or replaced. */
    public IssueBook with(Issue issue) {
        SortedMap<Integer, Issue> more = new TreeMap<>(issues);
        more.put(issue.number(), issue);
        return new IssueBook(lastId, more, comments, labels);
    }

    /** The book with an issue changed. */
    public IssueBook changed(int number, UnaryOperator<Issue> change) {
        return with(change.apply(issues.get(number)));
    }

    /** The book with a comment added, whose id is then {@link #lastId}. */
    public IssueBook commented(int number, String author, String text, Instant now) {
        Comment comment = new Comment(lastId + 1, number, author, text, now, now);
        return changed(number, issue -> issue.touched(now)).numbered().with(comment);
    }

    /** The book with an id used up. */
    public IssueBook numbered() {
        return new IssueBook(lastId + 1, issues, comments, labels);
    }

    /** The book with a comment added or replaced. */
    public IssueBook with(Comment comment) {
        SortedMap<Long, Comment> more = new TreeMap<>(comments);
        more.put(comment.id(), comment);
        return new IssueBook(lastId, issues, more, labels);
    }

    /** The book without a comment. */
    public IssueBook withoutComment(long id) {
        SortedMap<Long, Comment> fewer = new TreeMap<>(comments);
        fewer.remove(id);
        return new IssueBook(lastId, issues, fewer, labels);
    }

    /** The book with a label added, whose id is then {@link #lastId}. */
    public IssueBook labelled(String name, String color, String description) {
        return numbered().with(new Label(lastId + 1, name, color, description, false));
    }

    /** The book with a label added or replaced. */
    public IssueBook with(Label label) {
        SortedMap<Long, Label> more = new TreeMap<>(labels);
        more.put(label.id(), label);
        return new IssueBook(lastId, issues, comments, more);
    }

    /** The book without a label; issues that had it lose it. */
    public IssueBook withoutLabel(long id) {
        SortedMap<Long, Label> fewer = new TreeMap<>(labels);
        fewer.remove(id);
        return new IssueBook(lastId, issues, comments, fewer);
    }
}
