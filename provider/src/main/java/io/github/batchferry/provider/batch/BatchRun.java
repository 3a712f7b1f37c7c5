package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.RunLook;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.BatchProgress;
import io.github.batchferry.provider.journal.JournalEvent.Dispatched;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The run of one batch, looked at again and again; remembers the ETag, so that an unchanged run costs nothing. */
final class BatchRun {
    /** A run just dispatched may be unknown, and one just started again may still show as ended, for this long. */
    private static final Duration LAG = Duration.ofSeconds(30);

    private final BatchJournal batch;
    private final RunnerConnection runner;
    private final RunSearch search;
    private final Clock clock;

    // Mutable state
    private BatchProgress progress;
    private Optional<String> etag = Optional.empty();
    private Optional<WorkflowRun> last = Optional.empty();
    private int counted;
    private boolean another;

    BatchRun(BatchJournal batch, RunnerConnection runner, RunSearch search, Clock clock) throws IOException {
        this.batch = batch;
        this.runner = runner;
        this.search = search;
        this.clock = clock;
        this.progress = batch.progress();
    }

    /** Whether a dispatch was at least tried. */
    boolean begun() {
        return progress.dispatching().isPresent() || progress.dispatched().isPresent();
    }

    /** When the run was dispatched or started again, as far as is known. */
    Instant since() {
        Instant dispatched = progress.dispatched()
                .map(Dispatched::at)
                .or(() -> progress.dispatching().map(intent -> intent.at()))
                .orElse(progress.prepared().at());
        return progress.restarted()
                .map(restarted -> restarted.at())
                .filter(dispatched::isBefore)
                .orElse(dispatched);
    }

    /** Whether the dispatch was never confirmed and its run would have shown by now. */
    boolean certainlyAbsent() {
        return progress.dispatched().isEmpty()
                && progress.dispatching()
                        .map(search::certainAt)
                        .filter(certain -> !clock.instant().isBefore(certain))
                        .isPresent();
    }

    /** Whether the run was seen to be that of another batch. */
    boolean belongsToAnother() {
        return another;
    }

    /** Number of looks so far that GitHub counted. */
    int counted() {
        return counted;
    }

    /** Looks once; empty while there is no run to be seen. */
    Optional<WorkflowRun> look() throws GitHubException, IOException {
        if (!begun()) {
            return Optional.empty();
        }
        OptionalLong id = progress.dispatched().map(Dispatched::runId).orElse(OptionalLong.empty());
        last = id.isPresent() ? byId(id.getAsLong()) : byName();
        return last.map(this::asRestarted);
    }

    private Optional<WorkflowRun> byId(long id) throws GitHubException {
        try {
            RunLook look = runner.actions().run(id, etag);
            if (look instanceof RunLook.Changed changed) {
                counted++;
                WorkflowRun run = ours(changed.run());
                etag = changed.etag();
                return Optional.of(run);
            }
            return last;
        } catch (GitHubNotFoundException e) {
            if (recent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Ids begin anew in a runner repository that was deleted and made again; what is another batch's is left alone. */
    private WorkflowRun ours(WorkflowRun run) throws GitHubNotFoundException {
        String title = run.displayTitle();
        if (BatchFiles.isRunName(title) && !title.equals(BatchFiles.runName(batch.id()))) {
            another = true;
            throw new GitHubNotFoundException("run " + run.id() + " is not that of batch `" + batch.id() + "` but `"
                    + title + "`; the runner repository was made anew, so send the requests again with --fresh");
        }
        return run;
    }

    private Optional<WorkflowRun> byName() throws GitHubException, IOException {
        if (progress.dispatching().isEmpty()) {
            return Optional.empty();
        }
        counted++;
        Optional<WorkflowRun> found =
                search.look(runner, batch.id(), progress.dispatching().get());
        if (found.isPresent()) {
            note(found.get());
        }
        return found;
    }

    private void note(WorkflowRun run) throws IOException {
        Dispatched found = new Dispatched(
                clock.instant(),
                OptionalLong.of(run.id()),
                Optional.of(run.htmlUrl().toString()));
        try (LockedBatch locked = batch.lock()) {
            locked.append(found);
            progress = locked.progress();
        } catch (BatchInUseException e) {
            // looking must not need the lock; whoever has it will find the run as well
            progress = progress.after(found);
        }
    }

    /** A run started again goes on showing how its last attempt ended for a moment; that is not how this one ended. */
    private WorkflowRun asRestarted(WorkflowRun run) {
        boolean stale = run.completed()
                && recent()
                && progress.restarted()
                        .filter(restarted -> run.attempt() <= restarted.afterAttempt())
                        .isPresent();
        return stale
                ? new WorkflowRun(
                        run.id(),
                        run.attempt(),
                        run.displayTitle(),
                        run.event(),
                        "requested",
                        Optional.empty(),
                        run.createdAt(),
                        run.htmlUrl())
                : run;
    }

    private boolean recent() {
        return clock.instant().isBefore(since().plus(LAG));
    }
}
