package io.github.batchferry.runner.economy;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks at parts that vendors have until each is over, and makes its results responses. */
final class Following {
    private static final int QUOTED_PROBLEMS = 3;

    private final Work work;
    private final Submissions submissions;

    // Mutable state
    /** By part number: since when the vendor says that it does not know it. */
    private final Map<Integer, Instant> unknown = new HashMap<>();

    Following(Work work) {
        this.work = work;
        this.submissions = new Submissions(work, this::follow);
    }

    /** What brings parts to the vendors. */
    Submissions submissions() {
        return submissions;
    }

    /** Goes on with a part that its vendor has. */
    void follow(Part part) {
        if (work.setup().cancel()) {
            cancel(part, work.schedule());
        } else {
            look(part, work.schedule());
        }
    }

    private void cancel(Part part, PollSchedule schedule) {
        work.on(work.vendor(part).api().cancel(id(part)), (none, failure) -> {
            boolean over = failure instanceof RefusedException refused && !refused.isForTheCaller();
            if (failure != null && !over) {
                work.say(part, "cannot cancel it yet: " + failure.getMessage());
                work.again(part, schedule.next(), same -> cancel(same, schedule));
            } else {
                // a refusal of the call itself says that it is over already
                look(part, schedule);
            }
        });
    }

    private void look(Part part, PollSchedule schedule) {
        work.on(work.vendor(part).api().look(id(part)), (seen, failure) -> {
            if (work.isStopping()) {
                return;
            }
            if (failure != null) {
                lookFailed(part, schedule, failure);
                return;
            }
            unknown.remove(part.number());
            if (seen.end() == VendorBatch.End.NOT_YET) {
                work.again(part, schedule.next(), same -> look(same, schedule));
            } else if (seen.isOverQueueLimit() && !work.setup().cancel()) {
                submissions.wait(part, seen.problems().get(0).message(), true);
            } else {
                collect(part, seen, schedule, new ArrayList<>());
            }
        });
    }

    private void lookFailed(Part part, PollSchedule schedule, Throwable failure) throws IOException {
        if (failure instanceof RefusedException refused && refused.isNotFound()) {
            if (isPastRetention(part)) {
                work.say(part, "the vendor does not know `" + id(part) + "` any more");
                work.end(part, ResponseStatus.ERRORED, refused.failure());
                submissions.over(part);
                return;
            }
            requireKnownSoon(part, refused);
        }
        work.say(part, "cannot look at `" + id(part) + "`: " + failure.getMessage());
        work.again(part, schedule.next(), same -> look(same, schedule));
    }

    private boolean isPastRetention(Part part) {
        Instant end =
                part.intendedAt().orElseThrow().plus(work.vendor(part).api().retention());
        return end.isBefore(work.loop().now());
    }

    /** Vendors do not show a new batch at once; one that stays unknown is another account's, and its answers are paid for. */
    private void requireKnownSoon(Part part, RefusedException refused) throws IOException {
        Instant now = work.loop().now();
        Instant since = unknown.computeIfAbsent(part.number(), number -> now);
        if (!now.isBefore(since.plus(work.times().certain()))) {
            throw new IOException("vendor `" + part.vendor() + "` does not know `" + id(part) + "` of " + part
                    + " with this key (" + refused.getMessage()
                    + "): if the key was replaced by one of another project or account, put one of the former back and"
                    + " run the batch again; if the vendor's batch was deleted, dispatch what is unanswered as a new"
                    + " batch");
        }
    }

    /** Fetches the results one after the other; what fails is begun anew after another look. */
    private void collect(Part part, VendorBatch ended, PollSchedule schedule, List<Path> files) throws IOException {
        int next = files.size();
        if (next == ended.results().size()) {
            finish(part, ended, files);
            return;
        }
        Path file = work.file(part, "results-" + next);
        work.on(work.vendor(part).api().download(ended.results().get(next), file), (none, failure) -> {
            if (failure == null) {
                files.add(file);
                collect(part, ended, schedule, files);
            } else {
                work.say(part, "cannot fetch its results: " + failure.getMessage());
                work.again(part, schedule.next(), same -> look(same, schedule));
            }
        });
    }

    private void finish(Part part, VendorBatch ended, List<Path> files) throws IOException {
        long strange = work.responses()
                .take(part, work.vendor(part), files, work.loop().now());
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        work.end(part, status(ended), why(ended));
        work.say(
                part,
                "`" + id(part) + "` is over (" + ended.end().toString().toLowerCase(Locale.ROOT) + ")"
                        + (strange == 0 ? "" : ", " + strange + " lines of its results belong to no request"));
        submissions.over(part);
    }

    /** How requests end that the results do not hold. */
    private static ResponseStatus status(VendorBatch ended) {
        return switch (ended.end()) {
            case EXPIRED -> ResponseStatus.EXPIRED;
            case CANCELLED -> ResponseStatus.CANCELLED;
            case NOT_YET, COMPLETED, FAILED -> ResponseStatus.ERRORED;
        };
    }

    private static ResponseLine.Failure why(VendorBatch ended) {
        return switch (ended.end()) {
            case EXPIRED -> new ResponseLine.Failure("batch_expired", "the vendor's batch expired after 24 hours");
            case CANCELLED -> new ResponseLine.Failure("batch_cancelled", "the vendor's batch was cancelled");
            case FAILED -> refusal(ended.problems());
            case NOT_YET, COMPLETED ->
                new ResponseLine.Failure("no_answer", "the vendor's results do not hold this request");
        };
    }

    private static ResponseLine.Failure refusal(List<ResponseLine.Failure> problems) {
        String words = problems.stream()
                .limit(QUOTED_PROBLEMS)
                .map(ResponseLine.Failure::message)
                .collect(Collectors.joining("; "));
        return new ResponseLine.Failure(
                problems.isEmpty() ? "batch_failed" : problems.get(0).code(),
                "the vendor refused the whole batch" + (words.isEmpty() ? "" : ": " + words));
    }

    private static String id(Part part) {
        return part.vendorBatch().orElseThrow();
    }
}
