package io.github.batchferry.runner.publish;

import io.github.batchferry.git.GitException;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.loop.Waiting;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A batch's way to its results branch: parts and checkpoints while it is answered, the summary when it is complete. The
 * summary is never on the branch before all parts are.
 */
public final class Publication {
    /**
     * What the summary says of the batch's origin.
     *
     * @param runId GitHub's number of the run
     * @param runAttempt which attempt of the run this is
     * @param runner program and version
     * @param startedAt when this attempt began
     */
    public record Source(BatchManifest manifest, long runId, int runAttempt, String runner, Instant startedAt) {}

    private final Source source;
    private final Tally tally;
    private final InstantSource clock;
    private final EventLoop answering;
    private final Publisher publisher;
    private final ResponseParts parts;

    // Mutable state
    private final List<BatchSummary.Part> published;
    private Optional<Checkpoints> checkpoints = Optional.empty();
    private boolean closing;

    /**
     * @param tally counts all responses of the batch
     * @param earlier what the branch holds already
     * @param folder where parts lie until they are pushed
     * @param clock says when the batch was finished
     * @param answering the loop on which responses are recorded
     */
    public Publication(
            Source source,
            Tally tally,
            EarlierResults earlier,
            Path folder,
            InstantSource clock,
            EventLoop answering,
            Publisher publisher) {
        this.source = source;
        this.tally = tally;
        this.clock = clock;
        this.answering = answering;
        this.publisher = publisher;
        this.published = new ArrayList<>(earlier.parts());
        this.parts = new ResponseParts(folder, earlier.nextPart(), BatchFiles.MAX_RESPONSES_PART_BYTES, this::closed);
    }

    /** Where responses go. */
    public ResponseParts parts() {
        return parts;
    }

    /**
     * Pushes what there is at an interval.
     *
     * @param broken hears when a part cannot be closed
     */
    public void startCheckpoints(Duration interval, Consumer<IOException> broken) {
        checkpoints = Optional.of(new Checkpoints(parts, publisher, interval, answering, broken));
        answering.execute(checkpoints.get()::start);
    }

    /**
     * Ends the checkpoints and closes the last part, on the loop that writes it; waits for that. It is pushed with what
     * {@link #complete} or {@link #pushWhatIsThere} push.
     */
    public void closeParts() throws IOException {
        CompletableFuture<Void> closed = CompletableFuture.runAsync(
                () -> {
                    checkpoints.ifPresent(Checkpoints::stop);
                    closing = true;
                    try {
                        parts.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                answering);
        Waiting.on(closed, IOException.class);
    }

    /** Runs an action as soon as publishing on has no sense. */
    public void onBroken(Runnable action) {
        publisher.broken().whenComplete((none, failure) -> action.run());
    }

    /** @throws GitException if publishing on has no sense, with the cause */
    public void throwIfBroken() throws GitException, IOException {
        if (publisher.broken().isDone()) {
            Waiting.on(publisher.broken(), GitException.class);
        }
    }

    /** Pushes the last parts and the summary of a complete batch. */
    public void complete(int maxAttempts) throws GitException, IOException {
        Waiting.on(publisher.finish(Optional.of(summary()), maxAttempts), GitException.class);
    }

    /** Pushes what there is of a batch that is not complete, in one attempt and within a time. */
    public void pushWhatIsThere(Duration time) throws GitException, IOException {
        CompletableFuture<Void> pushed = publisher.finish(Optional.empty(), 1);
        CompletableFuture<Void> inTime = pushed.copy().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
        Waiting.on(inTime, GitException.class);
        if (!pushed.isDone()) {
            throw new IOException("the last push took longer than " + time.toSeconds() + " s");
        }
    }

    /** Puts a file on the branch that may change; see {@link Publisher#put}. */
    public CompletableFuture<Void> put(String name, byte[] content) {
        return publisher.put(name, content);
    }

    private void closed(ClosedPart part) {
        published.add(part.part());
        if (closing) {
            publisher.hold(part);
        } else {
            publisher.offer(part);
        }
    }

    private BatchSummary summary() {
        return new BatchSummary(
                source.manifest().batchId(),
                source.manifest().requestsSha256(),
                tally.counts(),
                published,
                tally.usage(),
                tally.costUsd(),
                source.startedAt().truncatedTo(ChronoUnit.MILLIS),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                source.runId(),
                source.runAttempt(),
                source.runner());
    }
}
