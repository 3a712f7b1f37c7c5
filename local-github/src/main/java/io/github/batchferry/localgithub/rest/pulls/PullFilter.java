package io.github.batchferry.localgithub.rest.pulls;

import io.github.batchferry.localgithub.collaboration.Issue;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.http.Request;
import java.util.Comparator;
import java.util.List;

/**
 * Which pull requests a list shall have, in which order.
 *
 * @param request says it
 * @param book all there are
 */
record PullFilter(Request request, IssueBook book) {
    List<Issue> pulls() {
        String state = request.parameter("state").orElse("open");
        return book.issues().values().stream()
                .filter(Issue::hasChanges)
                .filter(issue -> state.equals("all") || issue.open() == state.equals("open"))
                .filter(this::hasHead)
                .filter(issue -> request.parameter("base")
                        .map(issue.pull().base()::equals)
                        .orElse(true))
                .sorted(order())
                .toList();
    }

    /** A head without its owner is passed over, as on github.com. */
    private boolean hasHead(Issue issue) {
        String owner = request.repository().name().owner();
        return request.parameter("head")
                .filter(head -> head.contains(":"))
                .map(head -> head.equalsIgnoreCase(owner + ":" + issue.pull().head()))
                .orElse(true);
    }

    private Comparator<Issue> order() {
        Comparator<Issue> byNumber = Comparator.comparing(Issue::number);
        String sort = request.parameter("sort").orElse("created");
        Comparator<Issue> order = switch (sort) {
            case "updated" -> Comparator.comparing(Issue::updatedAt).thenComparing(byNumber);
            case "popularity" ->
                Comparator.comparing(
                                (Issue issue) -> book.commentsOn(issue.number()).size())
                        .thenComparing(byNumber);
            default -> byNumber;
        };
        boolean descending = request.parameter("direction").map("desc"::equals).orElse(sort.equals("created"));
        return descending ? order.reversed() : order;
    }
}
