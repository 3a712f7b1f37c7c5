package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.execution.ExecutionSettings;
import io.github.batchferry.localgithub.execution.JobOutcome;
import io.github.batchferry.localgithub.execution.JobRunner;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The runs that are not over. Whatever happens to one of them, a job that ended, a request to stop, an approval, happens
 * under this object's monitor; then every step that has become possible is taken, and written down, before the monitor is
 * given up. Thread-safe.
 */
public final class RunQueue implements Closeable {
    private static final Duration BEFORE_WRITING_AGAIN = Duration.ofSeconds(1);
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(20);

    private final RunStores stores;
    private final RunParts parts;
    private final RunStart start;
    private final RunPlans plans;
    private final Reruns reruns;
    private final JobLauncher launcher;
    private final Places places;

    // Mutable state
    private final Map<Long, RunInProgress> active = new LinkedHashMap<>();
    private final Deque<RunInProgress> touched = new ArrayDeque<>();
    private boolean closed;

    /** Makes the record of a run. */
    @FunctionalInterface
    interface Creation {
        RunRecord create() throws IOException;
    }

    public RunQueue(RunStores stores, JobRunner jobs, ExecutionSettings execution) {
        this.stores = stores;
        this.parts = new RunParts(
                stores.runs(), stores.settings(), execution, new ClaimDesk(touched::add), new RunParts.Turns() {
                    @Override
                    public void queue(RunInProgress run, JobLeg leg) {
                        places.take(() -> work(run, leg));
                    }

                    @Override
                    public void wait(RunInProgress run, JobLeg leg, Duration time) {
                        places.later(time, () -> timePassed(run, leg));
                    }
                });
        RunContexts contexts = new RunContexts(execution.addresses(), stores.settings());
        this.start = new RunStart(contexts, stores.secrets(), parts);
        this.plans = new RunPlans(stores.repositories(), stores.settings());
        this.reruns = new Reruns(stores.runs(), contexts, execution.clock());
        this.launcher = new JobLauncher(stores.secrets(), jobs);
        this.places = new Places(execution.jobsAtOnce(), execution.stopGrace().plus(execution.scaled(BEYOND_GRACE)));
    }

    /** Takes a new run in; the record is as it is then. */
    synchronized RunRecord enter(PlannedWorkflow planned, JsonNode event, Creation creation) throws IOException {
        refuseIfClosed();
        return start(creation.create(), planned, event);
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("the embedded GitHub is shutting down");
        }
    }

    private RunRecord start(RunRecord record, PlannedWorkflow planned, JsonNode event) {
        RunInProgress run = start.start(record, planned, event);
        active.put(record.id(), run);
        settle(run);
        return find(record.id());
    }

    /**
     * Runs all jobs of a finished run again: same commit, same event, one attempt more.
     *
     * @return false if it is not over yet
     * @throws RunRefusedException in GitHub's words, if it may not run again
     */
    public boolean rerun(long id, RerunRequest request) throws IOException, RunRefusedException {
        return again(find(id), Reruns.Extent.ALL, request);
    }

    /**
     * Runs the jobs of a finished run again that failed or were cancelled, and those that wait for them; the others are
     * taken over into the new attempt, with their outputs.
     *
     * @return false if it is not over yet
     * @throws RunRefusedException in GitHub's words, if it may not run again, or nothing failed
     */
    public boolean rerunFailed(long id, RerunRequest request) throws IOException, RunRefusedException {
        RunRecord run = find(id);
        return run.latest().over() && again(run, Reruns.failed(run), request);
    }

    /**
     * Runs one job of a finished run again, and those that wait for it; the others are taken over into the new attempt,
     * with their outputs.
     *
     * @param job its number in any attempt
     * @return false if the run is not over yet
     * @throws RunRefusedException in GitHub's words, if the run may not run again
     */
    public boolean rerunJob(long id, long job, RerunRequest request) throws IOException, RunRefusedException {
        RunRecord run = find(id);
        return again(run, Reruns.job(run, job), request);
    }

    private RunRecord find(long id) {
        return stores.runs().find(id).orElseThrow();
    }

    private boolean again(RunRecord run, Reruns.Extent extent, RerunRequest request)
            throws IOException, RunRefusedException {
        if (!run.latest().over()) {
            return false;
        }
        reruns.check(run);
        JsonNode event =
                Json.MAPPER.readTree(Files.readAllBytes(stores.directory().event(run.id())));
        PlannedWorkflow planned;
        try {
            planned = plans.again(run, extent.all());
        } catch (InvalidWorkflowException e) {
            return unusable(run, request);
        }
        synchronized (this) {
            refuseIfClosed();
            if (changed(run)) {
                return false;
            }
            start(reruns.attempt(run, planned, event, extent, request), planned, event);
            return true;
        }
    }

    private boolean changed(RunRecord run) {
        return find(run.id()).attempts().size() != run.attempts().size();
    }

    private synchronized boolean unusable(RunRecord run, RerunRequest request) {
        if (changed(run)) {
            return false;
        }
        reruns.unusable(run, request);
        return true;
    }

    /**
     * Asks a run to stop: SIGTERM, and SIGKILL after a time of grace. Jobs whose condition holds in spite of that go on, or
     * begin.
     *
     * @return false if it is over
     */
    public synchronized boolean cancel(long id) {
        return with(id, run -> run.cancel(null));
    }

    /**
     * Stops a run at once, by SIGKILL; no job of it begins any more.
     *
     * @return false if it is over
     */
    public synchronized boolean forceCancel(long id) {
        return with(id, run -> run.cut(null, true));
    }

    private boolean with(long id, Consumer<RunInProgress> event) {
        RunInProgress run = active.get(id);
        if (run == null) {
            return false;
        }
        event.accept(run);
        settle(run);
        return true;
    }

    /** The environments that jobs of a run wait for. */
    public synchronized List<PendingDeployment> pendingDeployments(long id) {
        return Optional.ofNullable(active.get(id))
                .map(RunInProgress::pendingDeployments)
                .orElse(List.of());
    }

    /**
     * Approves or rejects all that jobs of a run wait for in some environments. A job whose deployment is rejected fails.
     *
     * @param environmentIds numbers of the environments
     * @param actor login of who decides
     * @throws RunRefusedException if none of the environments is waited for
     */
    public synchronized void review(long id, Set<Long> environmentIds, boolean approved, String comment, String actor)
            throws RunRefusedException {
        String rejection = "The deployment was rejected by " + actor + (comment.isBlank() ? "" : ": " + comment);
        RunInProgress run = active.get(id);
        if (run == null || !run.review(environmentIds, approved, rejection)) {
            throw new RunRefusedException("No pending deployment requests to approve or reject");
        }
        settle(run);
    }

    /** The concurrency groups of a repository that anybody holds. */
    public synchronized List<ConcurrencyGroup> groups(RepositoryName repository) {
        return parts.desk().of(repository);
    }

    private synchronized void timePassed(RunInProgress run, JobLeg leg) {
        leg.gate().timePassed();
        settle(run);
    }

    private void work(RunInProgress run, JobLeg leg) {
        Optional<RunRecord> record = begin(run, leg);
        if (record.isEmpty()) {
            return;
        }
        JobOutcome outcome = new JobOutcome(Conclusion.FAILURE, Map.of());
        try {
            outcome = launcher.run(record.get(), leg);
        } catch (IOException | RuntimeException e) {
            log("job " + leg.id() + " of the embedded GitHub broke down", e);
        } finally {
            ended(run, leg, outcome);
        }
    }

    /** Lets a queued leg begin; empty if it was cancelled meanwhile. */
    private synchronized Optional<RunRecord> begin(RunInProgress run, JobLeg leg) {
        if (!run.begin(leg)) {
            return Optional.empty();
        }
        settle(run);
        if (active.get(run.id()) != run) {
            ended(run, leg, null);
            return Optional.empty();
        }
        return stores.runs().find(run.id());
    }

    private synchronized void ended(RunInProgress run, JobLeg leg, JobOutcome outcome) {
        if (active.get(run.id()) == run) {
            run.ended(leg, outcome);
            settle(run);
        } else {
            run.drop(leg);
            endAbandoned(run);
            settle(run); // others may have waited for what it gave back
        }
    }

    /** Takes every step that has become possible, for a run and for others that it concerns, and writes it down. */
    private void settle(RunInProgress first) {
        touched.add(first);
        while (!touched.isEmpty()) {
            RunInProgress run = touched.poll();
            if (active.get(run.id()) == run) {
                settleAlone(run);
            }
        }
    }

    private void settleAlone(RunInProgress run) {
        try {
            run.advance();
            run.write();
        } catch (RuntimeException e) {
            log("run " + run.id() + " of the embedded GitHub cannot go on", e);
            active.remove(run.id());
            run.abandon();
            endAbandoned(run);
            return;
        }
        if (run.over()) {
            active.remove(run.id());
            run.release();
        }
    }

    /** Puts the end of a run on record that could not go on, as soon as that is possible and nothing of it runs. */
    private synchronized void endAbandoned(RunInProgress run) {
        if (run.running()) {
            return; // the last of its jobs comes here again
        }
        try {
            stores.runs()
                    .update(
                            run.id(),
                            record -> record.withLatest(attempt ->
                                    attempt.over() ? attempt : attempt.ended(Conclusion.FAILURE, parts.now())));
        } catch (RuntimeException e) {
            if (!closed) {
                places.later(BEFORE_WRITING_AGAIN, () -> endAbandoned(run));
            }
        }
    }

    private static void log(String message, Exception e) {
        System.getLogger(RunQueue.class.getName()).log(System.Logger.Level.ERROR, message, e);
    }

    /** Cancels everything and waits until it is over; nothing new is taken. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            cutAll(false);
        }
        if (!places.finish()) {
            synchronized (this) {
                cutAll(true); // such as steps that run even after a cancellation
            }
        }
        places.close();
    }

    private void cutAll(boolean atOnce) {
        for (long id : List.copyOf(active.keySet())) {
            with(id, run -> run.cut(null, atOnce));
        }
    }
}
