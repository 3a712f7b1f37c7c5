package io.github.batchferry.runner.publish;

import io.github.batchferry.git.GitException;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.runner.loop.Waiting;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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
    private final Origin origin;
    private final Tally tally;
    private final Heartbeat heartbeat;
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
     * @param heartbeat says how far it is
     * @param earlier what the branch holds already
     * @param folder where parts lie until they are pushed
     * @param clock says when the batch was finished
     * @param answering the loop on which responses are recorded
     */
    public Publication(
            Origin origin,
            Tally tally,
            Heartbeat heartbeat,
            EarlierResults earlier,
            Path folder,
            InstantSource clock,
            EventLoop answering,
            Publisher publisher) {
        this.origin = origin;
        this.tally = tally;
        this.heartbeat = heartbeat;
        this.clock = clock;
        this.answering = answering;
        this.publisher = publisher;
        this.published = new ArrayList<>(earlier.parts());
        this.parts = new ResponseParts(
                folder, origin.shard(), earlier.nextPart(), BatchFiles.MAX_RESPONSES_PART_BYTES, this::closed);
    }

    /** Where responses go. */
    public ResponseParts parts() {
        return parts;
    }

    /** Does ahead what the first push needs; for when there is nothing better to do. */
    public void prepare() {
        publisher.prepare();
    }

    /**
     * Pushes what there is now and then.
     *
     * @param broken hears when a part cannot be closed
     */
    public void startCheckpoints(Pace pace, Consumer<IOException> broken) {
        checkpoints = Optional.of(new Checkpoints(parts, publisher, pace, answering, broken));
        answering.execute(checkpoints.get()::start);
    }

    /**
     * Ends the checkpoints and closes the last part, on the loop that writes it; waits for that. It is pushed with what
     * {@link #complete}, {@link #pause} or {@link #stop} push.
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

    /** Pushes the last parts when all is answered, and the summary where that is the whole batch. */
    public void complete(int maxAttempts) throws GitException, IOException {
        Optional<BatchSummary> summary = origin.shard().isWhole()
                ? Optional.of(origin.summary(tally, published, clock.instant()))
                : Optional.empty();
        end(summary, heartbeat.ended(State.COMPLETE, Optional.empty()), maxAttempts);
    }

    /** Pushes what there is of a batch that another run is to go on with. */
    public void pause(String reason, int maxAttempts) throws GitException, IOException {
        end(Optional.empty(), heartbeat.ended(State.PAUSED, Optional.of(reason)), maxAttempts);
    }

    private void end(Optional<BatchSummary> summary, RunProgress last, int maxAttempts)
            throws GitException, IOException {
        Waiting.on(publisher.finish(summary, last, maxAttempts), GitException.class);
    }

    /** Pushes what there is of a batch that stops unexpectedly, in one attempt and within a time. */
    public void stop(String reason, Duration time) throws GitException, IOException {
        RunProgress last = heartbeat.ended(State.STOPPED, Optional.of(reason));
        CompletableFuture<Void> pushed = publisher.finish(Optional.empty(), last, 1);
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
}
