package io.github.batchferry.runner.economy;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings parts to their vendors: at most once each. A submission whose answer was lost is looked for, and repeated only once it
 * certainly is not there.
 */
final class Submissions {
    static final ResponseLine.Failure CANCELLED =
            new ResponseLine.Failure("batch_cancelled", "the batch was cancelled before this request was answered");

    private final Work work;
    private final Consumer<Part> taken;

    // Mutable state
    /** By part number: since when it is not known whether the vendor has it. */
    private final Map<Integer, Instant> doubted = new HashMap<>();

    /** @param taken goes on with a part that the vendor has */
    Submissions(Work work, Consumer<Part> taken) {
        this.work = work;
        this.taken = taken;
    }

    void pumpAll() {
        work.lines().values().forEach(this::pump);
        work.endIfDone();
    }

    private void pump(VendorLine line) {
        while (!work.isStopping()) {
            Optional<Part> next = line.next(work.loop().now());
            if (next.isEmpty()) {
                return;
            }
            submit(next.get().intended(work.loop().now()));
        }
    }

    /** A part is over: there is room for another. */
    void over(Part part) {
        work.line(part).closed();
        pump(work.line(part));
        work.endIfDone();
    }

    private void submit(Part part) {
        doubted.remove(part.number());
        work.submitting();
        work.on(work.ledger().put(part), (none, failure) -> {
            if (failure != null || work.isStopping()) {
                work.submitted();
                // nothing was sent, so nobody has to look for it
                work.ledger().put(part.withdrawn());
                work.endIfDone();
                return;
            }
            send(part);
        });
    }

    private void send(Part part) throws IOException {
        Path file = work.file(part, "upload");
        BatchApi api = work.vendor(part).api();
        api.write(part, work.setup().file()::load, file);
        work.on(api.submit(part, file), (id, failure) -> {
            work.submitted();
            Files.deleteIfExists(file);
            if (failure == null) {
                taken(part.submitted(id));
            } else if (failure instanceof RefusedException refused) {
                refused(part, refused);
            } else {
                doubted.put(part.number(), work.loop().now());
                work.say(
                        part,
                        "the submission was not answered (" + failure.getMessage() + "); looking for it at the vendor");
                work.again(part, work.schedule().next(), this::search);
            }
            work.endIfDone();
        });
    }

    private void taken(Part part) {
        work.say(part, "submitted as `" + part.vendorBatch().orElseThrow() + "`");
        work.ledger().put(part);
        if (!work.isStopping()) {
            taken.accept(part);
        }
    }

    private void refused(Part part, RefusedException refused) throws IOException {
        if (refused.isTooOften()) {
            wait(part, refused.getMessage(), false);
        } else {
            work.say(part, "refused: " + refused.getMessage());
            work.end(part, ResponseStatus.ERRORED, refused.failure());
            over(part);
        }
    }

    /**
     * Leaves the vendor alone for a while, and submits the part again then.
     *
     * @param full whether the vendor has enough for now; then what it did not take although nothing else of ours was there is
     *     halved, as it may be more than it ever takes
     */
    void wait(Part part, String reason, boolean full) {
        VendorLine line = work.line(part);
        work.say(part, reason + "; trying again in " + work.times().fullQueue().toSeconds() + " s");
        Instant until = work.loop().now().plus(work.times().fullQueue());
        line.closed(until, work.loop().after(work.times().fullQueue(), () -> pump(line)), full);
        Part[] next = full && line.isAlone() ? halves(part) : new Part[] {part.withdrawn()};
        work.ledger().put(next);
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
                    part.with(work.ledger().nextNumber(), part.requests().secondHalf())
                };
    }

    /** Looks for a part that may be at the vendor or not; where an earlier run left that open, it is open from now on. */
    void search(Part part) {
        doubted.putIfAbsent(part.number(), work.loop().now());
        Path scratch = work.file(part, "search");
        BatchApi api = work.vendor(part).api();
        work.on(api.find(part, work.ledger().vendorBatchesBut(part), scratch), (found, failure) -> {
            Files.deleteIfExists(scratch);
            if (work.isStopping()) {
                return;
            }
            if (found instanceof Search.Found known) {
                taken(part.submitted(known.vendorBatch()));
            } else if (found instanceof Search.Absent && isCertain(part)) {
                absent(part);
            } else {
                work.say(part, "not submitted again before it is certain that it was not: " + why(found, failure));
                work.again(part, work.times().firstLook(), this::search);
            }
        });
    }

    private static String why(Search found, Throwable failure) {
        if (failure != null) {
            return failure.getMessage();
        }
        return found instanceof Search.Unsure unsure ? unsure.reason() : "it does not show there yet";
    }

    /**
     * Whether a vendor shows by now what it ever took of this attempt. The time of the intent says nothing about that: pushing
     * it and uploading may take longer than a vendor does to show a batch.
     */
    private boolean isCertain(Part part) {
        Instant from = doubted.get(part.number());
        return !work.loop().now().isBefore(from.plus(work.times().certain()));
    }

    private void absent(Part part) throws IOException {
        if (work.setup().cancel()) {
            work.end(part, ResponseStatus.CANCELLED, CANCELLED);
            over(part);
        } else {
            work.say(part, "the vendor does not have it; submitting it");
            submit(part.intended(work.loop().now()));
        }
    }
}
