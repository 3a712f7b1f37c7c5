package io.github.batchferry.localgithub.checks;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a call wants a check run to be; what is empty stays as it is. */
record CheckChange(
        Optional<String> name,
        Optional<String> externalId,
        Optional<String> detailsUrl,
        Optional<String> status,
        Optional<String> conclusion,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<CheckRecord.Output> output) {
    private static final int MOST_ANNOTATIONS = 50;
    private static final int MOST_ACTIONS = 3;
    private static final int LONGEST = 65_535;

    static CheckChange of(Request request) throws ApiException {
        Fields fields = Fields.orNone(request, "CheckRun");
        Optional<String> status = word(fields, "status", "queued|in_progress|completed|waiting|requested|pending");
        Optional<String> conclusion =
                word(fields, "conclusion", "action_required|cancelled|failure|neutral|success|skipped|stale|timed_out");
        if (status.filter("completed"::equals).isPresent() && conclusion.isEmpty()) {
            throw fields.missing("conclusion");
        }
        atMost(fields, "actions", MOST_ACTIONS);
        return new CheckChange(
                fields.text("name"),
                fields.text("external_id"),
                fields.text("details_url"),
                conclusion.isPresent() ? Optional.of("completed") : status,
                conclusion,
                fields.time("started_at"),
                fields.time("completed_at"),
                output(fields));
    }

    private static Optional<String> word(Fields fields, String key, String words) throws ApiException {
        Optional<String> word = fields.text(key);
        if (word.isPresent() && !word.get().matches(words)) {
            throw ApiException.unprocessable("Invalid request.\n\nFor 'properties/" + key + "', " + word.get()
                    + " is not a member of " + List.of(words.split("\\|")) + ".");
        }
        return word;
    }

    private static void atMost(Fields fields, String key, int most) throws ApiException {
        int count = fields.objects(key).size();
        if (count > most) {
            throw ApiException.unprocessable(
                    "Invalid request.\n\nNo more than " + most + " items are allowed; " + count + " were supplied.");
        }
    }

    private static Optional<CheckRecord.Output> output(Fields fields) throws ApiException {
        Optional<Fields> output = fields.object("output");
        if (output.isEmpty()) {
            return Optional.empty();
        }
        atMost(output.get(), "annotations", MOST_ANNOTATIONS);
        List<CheckAnnotation> annotations = new ArrayList<>();
        for (Fields annotation : output.get().objects("annotations")) {
            annotations.add(annotation(annotation));
        }
        return Optional.of(new CheckRecord.Output(
                output.get().text("title").orElse(null),
                shortEnough(output.get(), "summary").orElse(null),
                shortEnough(output.get(), "text").orElse(null),
                annotations));
    }

    private static Optional<String> shortEnough(Fields fields, String key) throws ApiException {
        Optional<String> text = fields.text(key);
        if (text.filter(value -> value.length() > LONGEST).isPresent()) {
            throw ApiException.unprocessable("Invalid request.\n\nOnly " + LONGEST + " characters are allowed; "
                    + text.get().length() + " were supplied.");
        }
        return text;
    }

    private static CheckAnnotation annotation(Fields fields) throws ApiException {
        int start = line(fields, "start_line");
        int end = line(fields, "end_line");
        Optional<Integer> startColumn = fields.number("start_column").map(Long::intValue);
        Optional<Integer> endColumn = fields.number("end_column").map(Long::intValue);
        if (end < start || start != end && (startColumn.isPresent() || endColumn.isPresent())) {
            throw fields.invalid(
                    "end_line", "must not be before start_line, nor differ from it where columns are given");
        }
        word(fields, "annotation_level", "notice|warning|failure");
        return new CheckAnnotation(
                fields.needed("path"),
                start,
                end,
                startColumn.orElse(null),
                endColumn.orElse(null),
                fields.needed("annotation_level"),
                fields.needed("message"),
                fields.text("title").orElse(null),
                fields.text("raw_details").orElse(null));
    }

    private static int line(Fields fields, String key) throws ApiException {
        return fields.number(key).orElseThrow(() -> fields.missing(key)).intValue();
    }
}
