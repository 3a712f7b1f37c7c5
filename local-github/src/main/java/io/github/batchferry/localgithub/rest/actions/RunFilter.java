package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.store.RunRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The filters of the lists of runs. One that is not understood is refused, never passed over. */
final class RunFilter {
    private RunFilter() {}

    /** Whether a run is asked for. */
    static Predicate<RunRecord> of(Request request) throws ApiException {
        List<Predicate<RunRecord>> filters = new ArrayList<>();
        add(filters, request, "status", (run, value) -> status(run, value));
        add(filters, request, "event", (run, value) -> value.equals("workflow_dispatch"));
        add(filters, request, "branch", (run, value) -> run.refName().equals(value));
        add(filters, request, "actor", (run, value) -> run.actor().equals(value));
        add(filters, request, "head_sha", (run, value) -> run.sha().equals(value));
        add(filters, request, "check_suite_id", (run, value) -> value.equals("" + run.id()));
        if (request.parameter("created").isPresent()) {
            filters.add(created(request.parameter("created").get()));
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

    private static Predicate<RunRecord> created(String expression) throws ApiException {
        int range = expression.indexOf("..");
        if (range >= 0) {
            Predicate<RunRecord> from = created(">=" + expression.substring(0, range));
            return from.and(created("<=" + expression.substring(range + 2)));
        }
        String operator = expression.replaceFirst("^([<>]?=?).*$", "$1");
        String text = expression.substring(operator.length());
        Instant start = start(text);
        Instant end = text.contains("T") ? start.plusSeconds(1) : start.plusSeconds(24 * 3600);
        return switch (operator) {
            case ">" -> run -> !run.createdAt().isBefore(end);
            case ">=" -> run -> !run.createdAt().isBefore(start);
            case "<" -> run -> run.createdAt().isBefore(start);
            case "<=" -> run -> run.createdAt().isBefore(end);
            default ->
                run -> !run.createdAt().isBefore(start) && run.createdAt().isBefore(end);
        };
    }

    private static Instant start(String text) throws ApiException {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiException.unprocessable(
                    "cannot read `" + text + "` in `created`: expected a date or a time of ISO 8601");
        }
    }
}
