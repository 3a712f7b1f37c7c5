package io.github.batchferry.localgithub.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks of a repository that are no jobs.
 *
 * @param lastId the largest number that was given
 * @param suites oldest first
 * @param checks oldest first
 */
record CheckBook(long lastId, List<SuiteRecord> suites, List<CheckRecord> checks) {
    /** Far above the numbers of runs and jobs, which share paths with these. */
    static final long FIRST = 10_000_000_000L;

    static final CheckBook EMPTY = new CheckBook(FIRST, List.of(), List.of());

    CheckBook {
        suites = List.copyOf(suites);
        checks = List.copyOf(checks);
    }

    Optional<CheckRecord> check(long id) {
        return checks.stream().filter(check -> check.id() == id).findFirst();
    }

    Optional<SuiteRecord> suite(String sha, long appId) {
        return suites.stream()
                .filter(suite -> suite.sha().equals(sha) && suite.appId() == appId)
                .findFirst();
    }

    CheckBook with(SuiteRecord suite) {
        List<SuiteRecord> more = new ArrayList<>(suites);
        more.add(suite);
        return new CheckBook(Math.max(lastId, suite.id()), more, checks);
    }

    /** The book with a check added, or replaced by its number. */
    CheckBook with(CheckRecord check) {
        List<CheckRecord> more = new ArrayList<>(checks);
        more.replaceAll(each -> each.id() == check.id() ? check : each);
        if (check(check.id()).isEmpty()) {
            more.add(check);
        }
        return new CheckBook(Math.max(lastId, check.id()), suites, more);
    }
}
