package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.NoSuchBatchException;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.provider.cli.output.Progress;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import java.io.IOException;
import java.util.Optional;

/** Runs the part of a command that works with batches: opens them, shows progress, and says how to come back when it stops. */
final class BatchWork {
    private final CliContext context;
    private final BatchesOpener opener;

    BatchWork(CliContext context, BatchesOpener opener) {
        this.context = context;
        this.opener = opener;
    }

    /** What a command does with batches; returns its exit code. */
    @FunctionalInterface
    interface Task {
        int run(Batches batches, Progress progress) throws Exception;
    }

    /**
     * Runs a task.
     *
     * @return the task's exit code, or 130 if it was interrupted
     * @throws BatchStoppedException if the task failed when its batch was already written down
     */
    int run(Task task) throws Exception {
        Progress progress = new Progress(context.err(), context.liveProgress(), context.inActions(), context.clock());
        try (BatchesOpener.Session session = opener.open(context, progress)) {
            return run(task, session.batches(), progress);
        }
    }

    private int run(Task task, Batches batches, Progress progress) throws Exception {
        try {
            return task.run(batches, progress);
        } catch (NoSuchBatchException e) {
            throw e;
        } catch (Exception e) {
            boolean interrupted = Thread.interrupted() || e instanceof InterruptedException;
            if (interrupted) {
                progress.say(farewell(batches, progress.batch()));
                return ExitCodes.INTERRUPTED;
            }
            throw progress.batch()
                    .<Exception>map(id -> new BatchStoppedException(id, e))
                    .orElse(e);
        } finally {
            progress.end();
        }
    }

    private static String farewell(Batches batches, Optional<BatchId> batch) {
        if (batch.isEmpty()) {
            return "interrupted; nothing was dispatched";
        }
        try {
            BatchRecord record = batches.record(batch.get());
            return "interrupted; " + whatBecomesOf(record) + "; go on with: ferry resume " + batch.get();
        } catch (NoSuchBatchException | IOException e) {
            return "interrupted; nothing was dispatched";
        }
    }

    private static String whatBecomesOf(BatchRecord record) {
        return switch (record.phase()) {
            case PREPARED, DELIVERED -> "the batch was not dispatched";
            case DISPATCHING, DISPATCHED ->
                record.target() instanceof Target.Embedded
                        ? "the embedded GitHub stops with ferry, answers that were saved are kept"
                        : "the run goes on"
                                + record.runUrl()
                                        .map(url -> " at " + Printable.line(url))
                                        .orElse("");
            case COLLECTED -> "the responses are in the journal";
        };
    }
}
