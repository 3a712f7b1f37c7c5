package io.github.batchferry.localgithub.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statuses of a repository.
 *
 * @param statuses newest first
 */
record StatusBook(List<StatusRecord> statuses) {
    static final StatusBook EMPTY = new StatusBook(List.of());

    StatusBook {
        statuses = List.copyOf(statuses);
    }

    List<StatusRecord> of(String sha) {
        return statuses.stream().filter(status -> status.sha().equals(sha)).toList();
    }

    /** What was said last of a commit in each context. */
    List<StatusRecord> latest(String sha) {
        Map<String, StatusRecord> latest = new LinkedHashMap<>();
        of(sha).forEach(status -> latest.putIfAbsent(status.context(), status));
        return List.copyOf(latest.values());
    }

    long nextId() {
        return 1 + statuses.stream().mapToLong(StatusRecord::id).max().orElse(0);
    }

    StatusBook with(StatusRecord status) {
        List<StatusRecord> more = new ArrayList<>();
        more.add(status);
        more.addAll(statuses);
        return new StatusBook(more);
    }
}
