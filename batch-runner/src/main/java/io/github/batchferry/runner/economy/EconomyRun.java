package io.github.batchferry.runner.economy;

import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.runner.engine.ResponseSink;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    private final Map<String, EconomyVendor> vendors;
    private final Work work;
    private final Following following;

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
        this.vendors = EconomyVendor.of(setup.vendors(), setup.batch(), !setup.cancel());
        PartResponses responses =
                new PartResponses(setup.batch(), setup.file()::load, setup.unanswered(), setup.pricing(), sink);
        this.work = new Work(setup, ledger, times, random, loop, log, vendors, responses);
        this.following = new Following(work);
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
            if (!vendors.containsKey(part.vendor()) && work.responses().isOpen(part)) {
                throw new IOException(part + " was submitted to vendor `" + part.vendor()
                        + "`, which now answers none of these requests: put it back into the vendors file");
            }
            part.requests().removeFrom(left);
        }
        Map<Integer, EconomyVendor> places =
                vendors.values().stream().collect(Collectors.toMap(EconomyVendor::place, vendor -> vendor));
        Partition partition = new Partition(setup.file(), places, ledger.nextNumber());
        ledger.plan(setup.cancel() ? partition.byVendor(left) : partition.of(left));
    }

    /**
     * Starts, to be called once. The future ends when all is answered or the run was stopped; it fails if a response cannot
     * be kept, or for a defect.
     */
    public CompletableFuture<Void> start() {
        EconomyTimes times = work.times();
        work.loop()
                .execute(() -> work.guarded(() -> {
                    work.loop().after(times.longest(), () -> pause(times.firstLook()));
                    for (Part part : ledger.parts()) {
                        if (work.responses().isOpen(part)) {
                            takeUp(part);
                        }
                    }
                    following.submissions().pumpAll();
                }));
        return work.ending();
    }

    /**
     * Submits and looks no more; waits a while for answers to submissions under way, whose ids are worth it. What is at the
     * vendors goes on there. Callable from any thread.
     */
    public void stop(Duration grace) {
        work.loop().execute(() -> {
            if (work.isStopping()) {
                work.endAfter(grace);
            } else if (!work.ending().isDone()) {
                work.stop(grace);
            }
        });
    }

    /** Stops, unless that is under way: its grace is longer. */
    private void pause(Duration grace) {
        if (!work.isStopping() && !work.ending().isDone()) {
            work.stop(grace);
        }
    }

    /** Ends with a failure that was found outside. Callable from any thread. */
    public void fail(Throwable cause) {
        work.loop().execute(() -> work.ending().completeExceptionally(cause));
    }

    private void takeUp(Part part) throws IOException {
        if (part.vendorBatch().isPresent()) {
            work.line(part).opened();
            following.follow(part);
        } else if (part.intendedAt().isPresent()) {
            work.line(part).opened();
            following.submissions().search(part);
        } else if (setup.cancel()) {
            work.end(part, ResponseStatus.CANCELLED, Submissions.CANCELLED);
        } else {
            work.line(part).add(part);
        }
    }
}
