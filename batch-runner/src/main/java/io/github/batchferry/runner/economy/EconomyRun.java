package io.github.batchferry.runner.economy;

import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.runner.engine.ResponseSink;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Has a batch answered by its vendors' batch APIs: submits parts, looks until each is over, and makes its results responses.
 *
 * <p>Guarantees: a part is on the ledger before it is submitted; a part that may have been submitted is not submitted again
 * before it was looked for at the vendor and certainly is not there; every request ends in one response, or stays unanswered
 * for a later run when this one was stopped; what a batch that ended badly has answered is kept.
 *
 * <p>All state belongs to the event loop; files of requests and results are written and read on it.
 */
public final class EconomyRun {
    private static final ResponseLine.Failure CANCELLED =
            new ResponseLine.Failure("batch_cancelled", "the batch was cancelled before this request was answered");

    /**
     * What a run works with.
     *
     * @param batch the batch
     * @param file its requests
     * @param unanswered numbers of the requests without response; changed as they get one
     * @param vendors those the batch uses, by their place in the vendors file
     * @param cancel whether what is under way is to be cancelled and nothing submitted
     * @param folder for files that may be lost
     * @param pricing the usual prices; half of them is charged
     */
    public record Setup(
            BatchId batch,
            RequestFile file,
            BitSet unanswered,
            Map<Integer, Vendor> vendors,
            boolean cancel,
            Path folder,
            Pricing pricing) {}

    private final Setup setup;
    private final Ledger ledger;
    private final EconomyTimes times;
    private final RandomGenerator random;
    private final EventLoop loop;
    private final Consumer<String> log;
    private final Map<String, EconomyVendor> vendors;
    private final Map<String, VendorLine> lines = new HashMap<>();
    private final PartResponses responses;
    private final CompletableFuture<Void> ending = new CompletableFuture<>();

    // Mutable state
    private List<Part> planned = List.of();
    private final Map<Integer, EventLoop.Timer> timers = new HashMap<>();
    private boolean stopping;
    private int submitting;

    /**
     * Prepares a run; {@link #start()} sets it going.
     *
     * @param ledger what earlier runs submitted
     * @param loop owns all state from now on
     * @param sink takes the responses, on the loop
     * @param log takes a line when something happens
     * @throws InvalidInputException if a vendor of the batch has no batch API
     */
    public EconomyRun(
            Setup setup,
            Ledger ledger,
            EconomyTimes times,
            RandomGenerator random,
            EventLoop loop,
            ResponseSink sink,
            Consumer<String> log)
            throws InvalidInputException {
        this.setup = setup;
        this.ledger = ledger;
        this.times = times;
        this.random = random;
        this.loop = loop;
        this.log = log;
        this.vendors = EconomyVendor.of(setup.vendors(), setup.batch(), !setup.cancel());
        this.responses =
                new PartResponses(setup.batch(), setup.file()::load, setup.unanswered(), setup.pricing(), sink);
        vendors.keySet().forEach(name -> lines.put(name, new VendorLine()));
    }

    /**
     * Divides what is on no ledger into parts. To be called once, before {@link #start()}.
     *
     * @throws InvalidInputException if a request cannot go through its vendor's batch API; nobody was called then
     * @throws IOException if a part of the ledger belongs to a vendor that the batch no longer has
     */
    public void plan() throws IOException, InvalidInputException {
        BitSet left = (BitSet) setup.unanswered().clone();
        for (Part part : ledger.parts()) {
            if (!vendors.containsKey(part.vendor()) && responses.isOpen(part)) {
                throw new IOException(part + " was submitted to vendor `" + part.vendor()
                        + "`, which now answers none of these requests: put it back into the vendors file");
            }
            part.requests().removeFrom(left);
        }
        Map<Integer, EconomyVendor> places =
                vendors.values().stream().collect(Collectors.toMap(EconomyVendor::place, vendor -> vendor));
        Partition partition = new Partition(setup.file(), places, ledger.nextNumber());
        planned = setup.cancel() ? partition.byVendor(left) : partition.of(left);
    }

    /**
     * Starts, to be called once. The future ends when all is answered or the run was stopped; it fails if a response cannot
     * be kept, or for a defect.
     */
    public CompletableFuture<Void> start() {
        loop.execute(() -> guarded(() -> {
            loop.after(times.longest(), () -> stop(times.firstLook()));
            ledger.parts().stream().filter(responses::isOpen).forEach(this::takeUp);
            for (Part part : planned) {
                if (setup.cancel()) {
                    end(part, ResponseStatus.CANCELLED, CANCELLED);
                } else {
                    line(part).add(part);
                }
            }
            pumpAll();
        }));
        return ending;
    }

    /**
     * Submits and looks no more; waits a while for answers to submissions under way, whose ids are worth it. What is at the
     * vendors goes on there. Callable from any thread.
     */
    public void stop(Duration grace) {
        loop.execute(() -> {
            if (!stopping) {
                stopping = true;
                log.accept("stopping economy mode: " + left() + "; what is under way goes on at the vendors");
                timers.values().forEach(EventLoop.Timer::cancel);
                lines.values().forEach(VendorLine::forgetTimer);
                loop.after(grace, () -> ending.complete(null));
                endIfDone();
            }
        });
    }

    /** Ends with a failure that was found outside. Callable from any thread. */
    public void fail(Throwable cause) {
        loop.execute(() -> ending.completeExceptionally(cause));
    }

    /** What is still to be waited for, for people. */
    private String left() {
        int open = lines.values().stream().mapToInt(VendorLine::openCount).sum();
        int waiting = lines.values().stream().mapToInt(VendorLine::waitingCount).sum();
        return open + " vendor batches under way, " + waiting + " to be submitted";
    }

    private void takeUp(Part part) {
        if (part.vendorBatch().isPresent()) {
            line(part).opened();
            follow(part);
        } else if (part.intendedAt().isPresent()) {
            line(part).opened();
            search(part);
        } else if (setup.cancel()) {
            guarded(() -> end(part, ResponseStatus.CANCELLED, CANCELLED));
        } else {
            line(part).add(part);
        }
    }

    private void pumpAll() {
        lines.values().forEach(this::pump);
        endIfDone();
    }

    private void pump(VendorLine line) {
        while (!stopping) {
            Optional<Part> next = line.next(loop.now());
            if (next.isEmpty()) {
                return;
            }
            submit(next.get().intended(loop.now()));
        }
    }

    // ---- submission

    private void submit(Part part) {
        submitting++;
        on(ledger.put(part), (none, failure) -> {
            if (failure != null || stopping) {
                submitting--;
                // nothing was sent, so nobody has to look for it
                ledger.put(part.withdrawn());
                endIfDone();
                return;
            }
            send(part);
        });
    }

    private void send(Part part) throws IOException {
        Path file = setup.folder().resolve("part-" + part.number() + ".upload");
        BatchApi api = vendor(part).api();
        api.write(part, setup.file()::load, file);
        on(api.submit(part, file), (id, failure) -> {
            submitting--;
            Files.deleteIfExists(file);
            if (failure == null) {
                taken(part.submitted(id));
            } else if (failure instanceof RefusedException refused) {
                refused(part, refused);
            } else {
                log.accept(part + ": the submission was not answered (" + failure.getMessage()
                        + "); looking for it at the vendor");
                again(part, new PollSchedule(times, random).next(), this::search);
            }
            endIfDone();
        });
    }

    private void taken(Part part) {
        log.accept(part + ": submitted as `" + part.vendorBatch().orElseThrow() + "`");
        ledger.put(part);
        if (!stopping) {
            follow(part);
        }
    }

    private void refused(Part part, RefusedException refused) throws IOException {
        if (refused.isTooOften()) {
            wait(part, refused.getMessage(), false);
        } else {
            log.accept(part + ": refused: " + refused.getMessage());
            end(part, ResponseStatus.ERRORED, refused.failure());
            over(part);
        }
    }

    /** Leaves the vendor alone for a while. What was refused although nothing else of ours was there is too large, perhaps. */
    private void wait(Part part, String reason, boolean full) {
        VendorLine line = line(part);
        log.accept(
                part + ": " + reason + "; trying again in " + times.fullQueue().toSeconds() + " s");
        Instant until = loop.now().plus(times.fullQueue());
        line.closed(until, loop.after(times.fullQueue(), () -> pump(line)), full);
        Part[] next = full && line.isAlone() ? halves(part) : new Part[] {part.withdrawn()};
        ledger.put(next);
        for (int i = next.length - 1; i >= 0; i--) {
            line.addFirst(next[i]);
        }
        pump(line);
    }

    private Part[] halves(Part part) {
        return part.requests().size() < 2
                ? new Part[] {part.withdrawn()}
                : new Part[] {
                    part.with(part.number(), part.requests().firstHalf()),
                    part.with(ledger.nextNumber(), part.requests().secondHalf())
                };
    }

    // ---- a submission whose answer was lost

    private void search(Part part) {
        Path scratch = setup.folder().resolve("part-" + part.number() + ".search");
        on(vendor(part).api().find(part, ledger.vendorBatchesBut(part), scratch), (found, failure) -> {
            Files.deleteIfExists(scratch);
            if (stopping) {
                return;
            }
            if (found instanceof Search.Found known) {
                taken(part.submitted(known.vendorBatch()));
            } else if (found instanceof Search.Absent && isCertain(part)) {
                absent(part);
            } else {
                String why = found instanceof Search.Unsure unsure
                        ? unsure.reason()
                        : failure != null ? failure.getMessage() : "it does not show there yet";
                log.accept(part + ": not submitted again before it is certain that it was not: " + why);
                again(part, times.firstLook(), this::search);
            }
        });
    }

    private boolean isCertain(Part part) {
        return !loop.now().isBefore(part.intendedAt().orElseThrow().plus(times.certain()));
    }

    private void absent(Part part) throws IOException {
        if (setup.cancel()) {
            end(part, ResponseStatus.CANCELLED, CANCELLED);
            over(part);
            return;
        }
        log.accept(part + ": the vendor does not have it; submitting it");
        submit(part.intended(loop.now()));
    }

    // ---- a part at its vendor

    private void follow(Part part) {
        PollSchedule schedule = new PollSchedule(times, random);
        if (setup.cancel()) {
            cancel(part, schedule);
        } else {
            look(part, schedule);
        }
    }

    private void cancel(Part part, PollSchedule schedule) {
        on(vendor(part).api().cancel(id(part)), (none, failure) -> {
            if (failure != null && !(failure instanceof RefusedException)) {
                log.accept(part + ": cannot cancel it yet: " + failure.getMessage());
                again(part, schedule.next(), same -> cancel(same, schedule));
            } else {
                // a refusal says that it is over already
                look(part, schedule);
            }
        });
    }

    private void look(Part part, PollSchedule schedule) {
        on(vendor(part).api().look(id(part)), (seen, failure) -> {
            if (stopping) {
                return;
            }
            if (failure != null) {
                lookFailed(part, schedule, failure);
            } else if (seen.end() == VendorBatch.End.NOT_YET) {
                again(part, schedule.next(), same -> look(same, schedule));
            } else if (seen.isOverQueueLimit() && !setup.cancel()) {
                wait(part, seen.problems().get(0).message(), true);
            } else {
                collect(part, seen, schedule, 0, new ArrayList<>());
            }
        });
    }

    private void lookFailed(Part part, PollSchedule schedule, Throwable failure) throws IOException {
        if (failure instanceof RefusedException refused && refused.isNotFound() && isCertain(part)) {
            log.accept(part + ": the vendor does not know `" + id(part) + "` any more");
            end(part, ResponseStatus.ERRORED, refused.failure());
            over(part);
            return;
        }
        log.accept(part + ": cannot look at `" + id(part) + "`: " + failure.getMessage());
        again(part, schedule.next(), same -> look(same, schedule));
    }

    // ---- results

    private void collect(Part part, VendorBatch ended, PollSchedule schedule, int next, List<Path> files) {
        if (next == ended.results().size()) {
            guarded(() -> finish(part, ended, files));
            return;
        }
        Path file = setup.folder().resolve("part-" + part.number() + ".results-" + next);
        files.add(file);
        on(vendor(part).api().download(ended.results().get(next), file), (none, failure) -> {
            if (failure == null) {
                collect(part, ended, schedule, next + 1, files);
            } else {
                log.accept(part + ": cannot fetch its results: " + failure.getMessage());
                again(part, schedule.next(), same -> look(same, schedule));
            }
        });
    }

    private void finish(Part part, VendorBatch ended, List<Path> files) throws IOException {
        if (ending.isDone()) {
            return;
        }
        long strange = responses.take(part, vendor(part), files, loop.now());
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        ResponseLine.Failure why = why(ended);
        end(
                part,
                switch (ended.end()) {
                    case EXPIRED -> ResponseStatus.EXPIRED;
                    case CANCELLED -> ResponseStatus.CANCELLED;
                    default -> ResponseStatus.ERRORED;
                },
                why);
        log.accept(
                part + ": `" + id(part) + "` is over (" + ended.end().toString().toLowerCase(Locale.ROOT) + ")"
                        + (strange == 0 ? "" : ", " + strange + " lines of its results belong to no request"));
        over(part);
    }

    /** Why requests that the results do not hold have no answer. */
    private static ResponseLine.Failure why(VendorBatch ended) {
        return switch (ended.end()) {
            case EXPIRED -> new ResponseLine.Failure("batch_expired", "the vendor's batch expired after 24 hours");
            case CANCELLED -> new ResponseLine.Failure("batch_cancelled", "the vendor's batch was cancelled");
            case FAILED ->
                new ResponseLine.Failure(
                        ended.problems().isEmpty()
                                ? "batch_failed"
                                : ended.problems().get(0).code(),
                        "the vendor refused the whole batch: "
                                + ended.problems().stream()
                                        .limit(3)
                                        .map(ResponseLine.Failure::message)
                                        .collect(Collectors.joining("; ")));
            default -> new ResponseLine.Failure("no_answer", "the vendor's results do not hold this request");
        };
    }

    private void end(Part part, ResponseStatus status, ResponseLine.Failure why) throws IOException {
        responses.end(part, vendor(part).vendor(), status, why, loop.now());
    }

    private void over(Part part) {
        line(part).closed();
        pump(line(part));
        endIfDone();
    }

    // ---- the loop

    private interface Step {
        void take() throws IOException;
    }

    private interface Then<T> {
        void accept(T result, Throwable failure) throws IOException;
    }

    private void guarded(Step step) {
        try {
            step.take();
        } catch (IOException | RuntimeException e) {
            ending.completeExceptionally(e);
        }
    }

    /** Goes on, on the loop, when a call has ended. */
    private <T> void on(CompletableFuture<T> call, Then<T> then) {
        BiConsumer<T, Throwable> next = (result, failure) -> guarded(() -> {
            if (!ending.isDone()) {
                then.accept(result, failure == null ? null : VendorCalls.cause(failure));
            }
        });
        call.whenCompleteAsync(next, loop);
    }

    private void again(Part part, Duration wait, Consumer<Part> step) {
        if (!stopping) {
            timers.put(part.number(), loop.after(wait, () -> guarded(() -> step.accept(part))));
        }
    }

    private void endIfDone() {
        boolean done = lines.values().stream().allMatch(VendorLine::isEmpty);
        if (done || (stopping && submitting == 0)) {
            ending.complete(null);
        }
    }

    private EconomyVendor vendor(Part part) {
        return vendors.get(part.vendor());
    }

    private VendorLine line(Part part) {
        return lines.get(part.vendor());
    }

    private static String id(Part part) {
        return part.vendorBatch().orElseThrow();
    }
}
