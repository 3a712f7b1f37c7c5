package io.github.batchferry.provider.batch;

import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be done with batches. Every step is journalled before and after it acts, so that a killed client loses nothing:
 * entering a batch again skips what is done. All methods block; none prints.
 */
public interface Batches {
    /**
     * Reads and checks requests without sending anything: every line, the custom ids and, where the target's vendors can be
     * read, vendor and model of every request.
     *
     * @return the number of requests
     * @throws InvalidInputException with every finding
     */
    long validate(RequestSource source, Target target)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException;

    /**
     * Says what {@link #submit} would do. Reads and checks everything, and neither sends nor writes anything.
     *
     * @throws InvalidInputException with every finding
     */
    BatchPlan plan(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException;

    /** Submits requests in the usual way, see {@link #submit(RequestSource, Target, Submission)}. */
    default Submitted submit(RequestSource source, Target target, boolean fresh)
            throws InvalidInputException, ConnectionFailedException, GitHubException, GitException, IOException {
        return submit(source, target, Submission.STANDARD.withFresh(fresh));
    }

    /**
     * Validates requests, writes the journal, delivers the requests and dispatches the run. An unfinished batch with the
     * same requests for the same target is attached to instead, unless {@code fresh}; its run may have ended badly long ago,
     * so whoever goes on to wait for an attached batch calls {@link #resume}.
     *
     * <p>What the cache answers, where it is used, is not sent; if that is everything, nothing is dispatched and the batch is
     * collected at once.
     *
     * <p>If the dispatch's answer is lost, this searches for the run for up to three minutes and dispatches nothing again.
     *
     * @throws InvalidInputException with every finding; then nothing was dispatched and nothing written
     */
    Submitted submit(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, GitException, IOException;

    /** The batch as the journal knows it. */
    BatchRecord record(BatchId batch) throws NoSuchBatchException, IOException;

    /** All batches of the journal that can be read, newest first. */
    default List<BatchRecord> list() throws IOException {
        return listing().batches();
    }

    /** All batches of the journal, those that cannot be read apart, newest first. */
    BatchListing listing() throws IOException;

    /**
     * Looks at the run once. A dispatch whose answer was lost is looked up by the run's name; one that never began leaves
     * the run empty, and so does a batch that was collected: nobody is asked about it any more.
     */
    RunReport status(BatchId batch)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException;

    /**
     * Waits until the run is over or the time is up; a failed look is just followed by another. A run that is not over then is
     * cancelled if the target says so, and else goes on. Ends early, too, once the run is queued for longer than the target
     * lets it.
     *
     * @param timeout longest time to wait; empty for the target's
     * @param arrivals given the responses of every checkpoint that shows meanwhile; empty if none are wanted yet
     */
    RunReport watch(BatchId batch, Optional<Duration> timeout, Optional<Arrivals> arrivals)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException, InterruptedException;

    /** Waits and leaves the responses where they are, see {@link #watch(BatchId, Optional, Optional)}. */
    default RunReport watch(BatchId batch, Optional<Duration> timeout)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException, InterruptedException {
        return watch(batch, timeout, Optional.empty());
    }

    /** Waits for as long as the target says, see {@link #watch(BatchId, Optional)}. */
    default RunReport watch(BatchId batch)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, IOException, InterruptedException {
        return watch(batch, Optional.empty());
    }

    /**
     * Fetches the results branch and writes one response per request, in request order, to the journal. What is missing,
     * double or unknown is named in the outcome.
     */
    CollectedBatch collect(BatchId batch)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException;

    /** Stops a batch and waits until its run is over, see {@link #cancel(BatchId, boolean)}. */
    default Cancellation cancel(BatchId batch)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException {
        return cancel(batch, true);
    }

    /**
     * Stops a batch: asks its run to stop, ends it by force if it has not stopped after a minute, and, where vendors may have batches of it (economy mode), dispatches it once more
     * for those to be cancelled. What was answered stays; whoever wants it calls {@link #resume} after a batch in economy
     * mode, {@link #collect} after another.
     *
     * @param wait whether to wait for the end of the run; without, it is only asked to stop
     */
    Cancellation cancel(BatchId batch, boolean wait)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException;

    /**
     * Takes a batch up where it was left, whatever the client was doing when it ended: delivers and dispatches if that had
     * not happened, starts the run again if it ended without complete results, and watches it. Collecting is left to
     * {@link #collect}. A run that is gone for good is followed by another.
     *
     * @param timeout longest time to wait; empty for the target's
     * @param arrivals given the responses of every checkpoint that shows meanwhile; empty if none are wanted yet
     */
    RunReport resume(BatchId batch, Optional<Duration> timeout, Optional<Arrivals> arrivals)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException;

    /** Takes a batch up and leaves the responses where they are, see {@link #resume(BatchId, Optional, Optional)}. */
    default RunReport resume(BatchId batch, Optional<Duration> timeout)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException {
        return resume(batch, timeout, Optional.empty());
    }

    /**
     * Asks once more what a batch that is over has no success for: requests without a success or without a response. The new
     * batch has all requests, and the successes of the old one already, so that what is collected of it are the responses of
     * all requests in their order. A batch that was retried before is followed to its newest retry; one of those that is
     * still under way is attached to.
     *
     * @param maxCostUsd budget of the new batch in US dollars; empty for that of the target
     * @throws NotRetriableException if the batch is not over, or every request succeeded
     */
    Submitted retryFailed(BatchId batch, Optional<BigDecimal> maxCostUsd)
            throws NoSuchBatchException, NotRetriableException, ConnectionFailedException, GitHubException,
                    GitException, IOException, InterruptedException;

    /**
     * Finds batches that were written down before a time; changes nothing.
     *
     * @param unfinished whether those whose responses were not all collected, and damaged ones, are meant as well
     */
    PrunePlan prunePlan(Instant before, boolean unfinished) throws IOException;

    /**
     * Removes all that the journal has of a batch, also of a damaged one.
     *
     * @param remote whether its branches go first
     * @throws io.github.batchferry.provider.journal.BatchInUseException if another client uses it; then nothing is removed
     */
    void prune(BatchId batch, boolean remote)
            throws NoSuchBatchException, ConnectionFailedException, GitException, IOException;

    /**
     * Holds the files of a collected batch against the digests they were written with.
     *
     * @param remote whether the results branch is fetched and compared, too
     * @throws NotCollectedException if not all responses were collected
     */
    VerifyReport verify(BatchId batch, boolean remote)
            throws NoSuchBatchException, NotCollectedException, ConnectionFailedException, GitException, IOException;

    /** Takes a batch up and waits for as long as the target says, see {@link #resume(BatchId, Optional)}. */
    default RunReport resume(BatchId batch)
            throws NoSuchBatchException, ConnectionFailedException, GitHubException, GitException, IOException,
                    InterruptedException {
        return resume(batch, Optional.empty());
    }
}
