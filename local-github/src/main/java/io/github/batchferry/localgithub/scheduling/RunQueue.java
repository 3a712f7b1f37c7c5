package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.execution.ExecutionSettings;
import io.github.batchferry.localgithub.execution.StopSignal;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.Status;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The runs that are not over. A concurrency group runs one at a time and lets one wait; an older waiting one is cancelled.
 * Thread-safe: every change of a run's status happens under this object's monitor.
 */
public final class RunQueue implements Closeable {
    private final RunStore runs;
    private final RunExecution execution;
    private final ExecutionSettings settings;
    private final ExecutorService workers;

    // Mutable state
    private final Map<Long, StopSignal> active = new HashMap<>(); // queued or in progress
    private final Map<String, Group> groups = new HashMap<>();
    private boolean closed;

    /** A concurrency group: the run that is queued or running, and the one that waits for it, or null. */
    private record Group(long running, Long pending) {}

    /** Makes the record of a run. */
    @FunctionalInterface
    interface Creation {
        RunRecord create() throws IOException;
    }

    public RunQueue(RunStore runs, RunExecution execution, ExecutionSettings settings) {
        this.runs = runs;
        this.execution = execution;
        this.settings = settings;
        this.workers = Executors.newFixedThreadPool(settings.jobsAtOnce(), task -> {
            Thread thread = new Thread(task, "embedded GitHub job");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes a new run in. */
    synchronized RunRecord enter(Creation creation) throws IOException {
        refuseIfClosed();
        return admit(creation.create());
    }

    /**
     * Runs a finished run again: same commit, same event, one attempt more.
     *
     * @return false if it is not over yet
     */
    public synchronized boolean rerun(long id) throws IOException {
        refuseIfClosed();
        RunRecord run = runs.find(id).orElseThrow();
        if (!run.latest().over()) {
            return false;
        }
        List<JobRecord> jobs = run.latest().jobs().stream()
                .map(job -> JobRecord.queued(
                        runs.nextId(),
                        job.key(),
                        job.name(),
                        run.latest().number() + 1,
                        job.labels(),
                        UUID.randomUUID().toString(),
                        now()))
                .toList();
        admit(runs.update(
                id,
                before -> before.withAttempt(
                        AttemptRecord.created(before.latest().number() + 1, before.actor(), jobs, now()))));
        return true;
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("the embedded GitHub is shutting down");
        }
    }

    private RunRecord admit(RunRecord run) {
        String key = groupOf(run);
        Group group = key == null ? null : groups.get(key);
        if (group == null) {
            if (key != null) {
                groups.put(key, new Group(run.id(), null));
            }
            return start(run.id());
        }
        groups.put(key, new Group(group.running, run.id()));
        RunRecord waiting = change(run.id(), attempt -> attempt.waiting(Status.PENDING, now()));
        if (group.pending != null) {
            change(group.pending, attempt -> attempt.ended(Conclusion.CANCELLED, now()));
        }
        if (run.cancelInProgress()) {
            cancel(group.running);
        }
        return waiting;
    }

    private static String groupOf(RunRecord run) {
        return run.concurrencyGroup() == null
                ? null
                : run.repositoryName() + ":" + run.concurrencyGroup().toLowerCase(java.util.Locale.ROOT);
    }

    private RunRecord start(long id) {
        active.put(id, new StopSignal());
        RunRecord queued = change(id, attempt -> attempt.waiting(Status.QUEUED, now()));
        workers.execute(() -> work(id));
        return queued;
    }

    private void work(long id) {
        StopSignal stop = begin(id);
        if (stop == null) {
            return;
        }
        Conclusion conclusion = Conclusion.FAILURE;
        try {
            RunRecord run = runs.find(id).orElseThrow();
            conclusion = execution.execute(run, stop);
        } catch (InvalidWorkflowException e) {
            conclusion = Conclusion.STARTUP_FAILURE;
        } catch (IOException | RuntimeException e) {
            System.getLogger(RunQueue.class.getName())
                    .log(System.Logger.Level.ERROR, "run " + id + " of the embedded GitHub broke down", e);
        } finally {
            conclude(id, conclusion);
        }
    }

    /** Lets a queued run begin; null if it was cancelled meanwhile. */
    private synchronized StopSignal begin(long id) {
        if (runs.find(id).orElseThrow().latest().status() != Status.QUEUED) {
            return null;
        }
        change(id, attempt -> {
            AttemptRecord begun = attempt.begun(now());
            return begun.withJobs(
                    begun.jobs().stream().map(job -> job.begun(now())).toList(), now());
        });
        return active.get(id);
    }

    private synchronized void conclude(long id, Conclusion how) {
        if (active.remove(id) == null) {
            return;
        }
        RunRecord over = change(
                id,
                attempt -> how == Conclusion.STARTUP_FAILURE
                        ? attempt.withJobs(List.of(), now()).ended(how, now())
                        : attempt.ended(how, now()));
        Group group = groups.remove(groupOf(over));
        if (group != null && group.pending != null) {
            groups.put(groupOf(over), new Group(group.pending, null));
            start(group.pending);
        }
    }

    /**
     * Asks a run to stop: SIGTERM, and SIGKILL after a time of grace.
     *
     * @return false if it is over
     */
    public synchronized boolean cancel(long id) {
        return stop(id, false);
    }

    /**
     * Stops a run at once, by SIGKILL.
     *
     * @return false if it is over
     */
    public synchronized boolean forceCancel(long id) {
        return stop(id, true);
    }

    private boolean stop(long id, boolean force) {
        AttemptRecord attempt = runs.find(id).orElseThrow().latest();
        switch (attempt.status()) {
            case PENDING -> {
                String key = groupOf(runs.find(id).orElseThrow());
                groups.computeIfPresent(key, (name, group) -> new Group(group.running, null));
                change(id, pending -> pending.ended(Conclusion.CANCELLED, now()));
            }
            case QUEUED -> conclude(id, Conclusion.CANCELLED);
            case IN_PROGRESS -> {
                if (force) {
                    active.get(id).force();
                } else {
                    active.get(id).ask();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private RunRecord change(long id, UnaryOperator<AttemptRecord> change) {
        return runs.update(id, run -> run.withLatest(change));
    }

    private Instant now() {
        return settings.clock().instant();
    }

    /** Cancels everything and waits until it is over; nothing new is taken. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            for (RunRecord run : runs.all()) {
                if (run.latest().status() == Status.PENDING) {
                    cancel(run.id());
                }
            }
            for (long id : List.copyOf(active.keySet())) {
                cancel(id);
            }
        }
        workers.shutdown();
        try {
            if (!workers.awaitTermination(settings.stopGrace().toMillis() + 20_000, TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
