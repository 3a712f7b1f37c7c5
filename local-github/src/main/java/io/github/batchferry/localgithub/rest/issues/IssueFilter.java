package io.github.batchferry.localgithub.rest.issues;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which issues a list shall have, in which order. */
final class IssueFilter {
    private final Request request;
    private final IssueBook book;
    private final String state;
    private final Optional<Instant> since;

    IssueFilter(Request request, IssueBook book) throws ApiException {
        this.request = request;
        this.book = book;
        this.state = request.parameter("state").orElse("open");
        this.since = request.time("since");
    }

    List<Issue> issues() {
        return book.issues().values().stream()
                .filter(issue -> state.equals("all") || issue.open() == state.equals("open"))
                .filter(issue -> since.filter(issue.updatedAt()::isBefore).isEmpty())
                .filter(this::hasPeople)
                .filter(this::hasLabels)
                // nothing has a milestone
                .filter(issue -> request.parameter("milestone").orElse("none").equals("none"))
                .sorted(order())
                .toList();
    }

    private boolean hasPeople(Issue issue) {
        boolean assigned = request.parameter("assignee")
                .map(login -> switch (login) {
                    case "none" -> issue.assignees().isEmpty();
                    case "*" -> !issue.assignees().isEmpty();
                    default -> issue.assignees().stream().anyMatch(login::equalsIgnoreCase);
                })
                .orElse(true);
        return assigned
                && request.parameter("creator")
                        .map(issue.author()::equalsIgnoreCase)
                        .orElse(true)
                && request.parameter("mentioned")
                        .map(login -> issue.body() != null && issue.body().contains("@" + login))
                        .orElse(true);
    }

    private boolean hasLabels(Issue issue) {
        List<String> names =
                book.labelsOf(issue).stream().map(label -> label.name()).toList();
        return Arrays.stream(request.parameter("labels").orElse("").split(","))
                .map(String::strip)
                .filter(wanted -> !wanted.isEmpty())
                .allMatch(wanted -> names.stream().anyMatch(wanted::equalsIgnoreCase));
    }

    private Comparator<Issue> order() {
        Comparator<Issue> byNumber = Comparator.comparing(Issue::number);
        Comparator<Issue> order = switch (request.parameter("sort").orElse("created")) {
            case "updated" -> Comparator.comparing(Issue::updatedAt).thenComparing(byNumber);
            case "comments" ->
                Comparator.comparing(
                                (Issue issue) -> book.commentsOn(issue.number()).size())
                        .thenComparing(byNumber);
            default -> byNumber;
        };
        return request.parameter("direction").orElse("desc").equals("asc") ? order : order.reversed();
    }
}
