package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.store.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The filters of the lists of runs. One that is not understood is refused, never passed over. */
final class RunFilter {
    private static final Set<String> STATUSES = Set.of(
            "completed",
            "action_required",
            "cancelled",
            "failure",
            "neutral",
            "skipped",
            "stale",
            "startup_failure",
            "success",
            "timed_out",
            "in_progress",
            "queued",
            "requested",
            "waiting",
            "pending");

    private RunFilter() {}

    /** Whether a run is asked for. */
    static Predicate<RunRecord> of(Request request) throws ApiException {
        List<Predicate<RunRecord>> filters = new ArrayList<>();
        String status = request.parameter("status").orElse("completed");
        if (!STATUSES.contains(status)) {
            throw ApiException.unprocessable(
                    "cannot filter runs by status `" + status + "`: expected a status or a conclusion of runs");
        }
        add(filters, request, "status", RunFilter::status);
        add(filters, request, "event", (run, value) -> run.event().equals(value));
        add(filters, request, "branch", (run, value) -> run.refName().equals(value));
        add(filters, request, "actor", (run, value) -> run.actor().equalsIgnoreCase(value));
        add(filters, request, "head_sha", (run, value) -> run.sha().equals(value));
        add(filters, request, "check_suite_id", (run, value) -> value.equals("" + run.id()));
        if (request.parameter("created").isPresent()) {
            CreatedRange range = CreatedRange.parse(request.parameter("created").get());
            filters.add(run -> range.contains(run.createdAt()));
        }
        return filters.stream().reduce(run -> true, Predicate::and);
    }

    private static void add(
            List<Predicate<RunRecord>> filters, Request request, String name, BiPredicate<RunRecord, String> matches) {
        request.parameter(name).ifPresent(value -> filters.add(run -> matches.test(run, value)));
    }

    private static boolean status(RunRecord run, String value) {
        return run.latest().status().word().equals(value)
                || run.latest().conclusion() != null
                        && run.latest().conclusion().word().equals(value);
    }
}
