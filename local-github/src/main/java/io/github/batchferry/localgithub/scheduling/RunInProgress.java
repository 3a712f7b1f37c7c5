package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.execution.JobOutcome;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.scheduling.JobLeg.Stage;
import io.github.batchferry.localgithub.scheduling.plan.JobKey;
import io.github.batchferry.localgithub.scheduling.plan.JobOrder;
import io.github.batchferry.localgithub.scheduling.plan.JobResult;
import io.github.batchferry.localgithub.scheduling.plan.UnstartableJobException;
import io.github.batchferry.localgithub.store.Annotation;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An attempt of a run while it goes on. Events change what they concern and no more; {@link #advance} then takes every
 * step that has become possible, and {@link #write} puts all that on record. Not thread-safe: the queue's monitor guards
 * it.
 */
final class RunInProgress {
    private static final Set<Conclusion> NEVER_BEGAN = Set.of(Conclusion.SKIPPED, Conclusion.CANCELLED);

    private final RunRecord record;
    private final RunParts parts;
    private final WorkflowFrame root;
    private final Map<String, JobRecord> takenOver;
    private final Set<JobKey> decidedBefore;
    private final RecordChanges changes;
    private final LegStart start;
    private final LegProgress progress;

    // Mutable state
    private Claim claim;
    private boolean admitted = true;
    private boolean begun;
    private boolean cut;
    private Status written = Status.QUEUED;

    /**
     * @param record as it was created; the jobs that its attempt has already are taken over
     * @param root its own workflow, with nothing begun
     */
    RunInProgress(RunRecord record, RunParts parts, WorkflowFrame root) {
        this.record = record;
        this.parts = parts;
        this.root = root;
        this.takenOver = record.latest().jobs().stream()
                .collect(Collectors.toMap(JobRecord::key, Function.identity(), (first, last) -> last));
        this.decidedBefore = takenOver.keySet().stream()
                .flatMap(key -> JobKey.parse(key).path().stream())
                .collect(Collectors.toSet());
        this.changes = new RecordChanges(
                parts.runs(),
                record.id(),
                new JobOrder(root.planned()),
                parts.execution().clock());
        this.start = new LegStart(parts, record);
        this.progress = new LegProgress(this, record, parts, changes);
    }

    long id() {
        return record.id();
    }

    RepositoryName repository() {
        return record.repositoryName();
    }

    private Stream<JobLeg> legs() {
        return root.legs().stream();
    }

    /** Goes for the concurrency group of the run as a whole; its jobs wait until it has it. */
    void claim(Claim whole) {
        claim = whole;
        admitted = false;
        switch (parts.desk().enter(whole)) {
            case GRANTED -> admitted = true;
            case WAIT -> {}
            default -> superseded(whole);
        }
    }

    /** The run, or a leg of it, has got the group that it waited for. */
    void granted(Claim granted) {
        if (granted == claim) {
            admitted = true;
            legs().filter(leg -> leg.stage() == Stage.HELD).forEach(leg -> progress.stand(leg, Status.QUEUED));
        } else {
            granted.leg().move(Stage.CLAIMING);
        }
    }

    /** The run, or a leg of it, makes way for another one of its group. */
    void superseded(Claim lost) {
        String message = "Canceling since a higher priority waiting request for " + lost.group() + " exists";
        if (lost.leg() != null) {
            progress.cancel(lost.leg(), message);
        } else {
            cancel(message);
        }
    }

    /**
     * Cancels the run; jobs that run in spite of that do so, but for those of a run that has not begun.
     *
     * @param message for the annotations of its jobs; null for none
     */
    void cancel(String message) {
        root.cancel();
        if (admitted) {
            progress.cancel(root, message);
        } else {
            cut(message, false);
        }
    }

    /**
     * Ends the run: no job begins any more.
     *
     * @param message for the annotations of its jobs; null for none
     * @param atOnce whether those that run are killed, not asked
     */
    void cut(String message, boolean atOnce) {
        cut = true;
        root.cancel();
        legs().forEach(leg -> {
            if (atOnce && leg.stage() == Stage.RUNNING) {
                leg.stop().force();
            }
            progress.cancel(leg, message);
        });
    }

    /** Takes every step that can be taken now. */
    void advance() {
        while (advance(root)) {
            // each step may make another one possible
        }
    }

    private boolean advance(WorkflowFrame frame) {
        boolean moved = false;
        for (JobNode node : frame.jobs()) {
            if (node.decidable()) {
                decide(node);
                moved = true;
            }
            for (JobLeg leg : node.legs()) {
                moved |= leg.stage() == Stage.CALLING && advance(leg.called());
                moved |= progress.advance(leg, admitted);
            }
            moved |= node.endIfDone();
        }
        return moved;
    }

    private void decide(JobNode node) {
        JobRecord before = takenOver.get(node.key().toString());
        if (before != null && NEVER_BEGAN.contains(before.conclusion())) {
            node.end(JobResult.of(before.conclusion(), false));
            return;
        }
        try {
            if (!decidedBefore.contains(node.key()) && (cut || !node.wanted())) {
                leaveOut(node);
                return;
            }
            LegExpansion.expand(node);
            node.legs().forEach(this::enroll);
        } catch (ExpressionException e) {
            String id = node.job().id();
            fail(node, before, "Error when evaluating 'if' for job '" + id + "'. " + e.getMessage());
        } catch (UnstartableJobException e) {
            fail(node, before, e.getMessage());
        }
    }

    private void enroll(JobLeg leg) {
        JobRecord before = takenOver.get(leg.identity().key().toString());
        if (before != null) { // of a call only if it failed by itself
            progress.takeOver(leg, before);
        } else {
            progress.enroll(leg, admitted ? Status.QUEUED : Status.PENDING);
        }
    }

    /** A job that would run had the run not been cancelled is cancelled; all others are skipped. */
    private void leaveOut(JobNode node) {
        boolean cancelled = cut || node.frame().cancelled() && node.allBeforeSucceeded();
        close(node, start.record(node), cancelled ? Conclusion.CANCELLED : Conclusion.SKIPPED);
    }

    private void fail(JobNode node, JobRecord before, String message) {
        if (before != null) {
            node.end(JobResult.of(before.conclusion(), false)); // it failed like this before, and is on record
            return;
        }
        JobRecord job = start.record(node).with(Annotation.ofJob(Annotation.Level.FAILURE, message));
        close(node, job, Conclusion.FAILURE);
    }

    private void close(JobNode node, JobRecord job, Conclusion how) {
        node.end(JobResult.of(how, false));
        changes.add(job.ended(how, parts.now()));
    }

    /** A free place takes a leg; false if it is no longer to run. */
    boolean begin(JobLeg leg) {
        if (leg.stage() != Stage.QUEUED) {
            return false;
        }
        begun = true;
        progress.begin(leg);
        return true;
    }

    /** A leg that ran is over. */
    void ended(JobLeg leg, JobOutcome outcome) {
        progress.deployed(leg, outcome.environmentUrl());
        progress.end(leg, outcome.conclusion(), outcome.outputs());
    }

    /** The environments that legs wait for. */
    List<PendingDeployment> pendingDeployments() {
        return legs()
                .filter(leg -> leg.stage() == Stage.GATED)
                .map(leg -> leg.gate().pending())
                .collect(Collectors.toMap(
                        PendingDeployment::environmentId, Function.identity(), (first, second) -> first))
                .values()
                .stream()
                .toList();
    }

    /** Approves or rejects what waits for some environments; false if nothing does. */
    boolean review(Set<Long> environments, boolean approved, String rejection) {
        List<JobLeg> reviewed = legs().filter(leg -> leg.stage() == Stage.GATED)
                .filter(leg -> environments.contains(leg.gate().environment().id()))
                .toList();
        for (JobLeg leg : reviewed) {
            if (approved) {
                leg.gate().approve();
            } else {
                progress.fail(leg, rejection);
            }
        }
        return !reviewed.isEmpty();
    }

    /** Gives up everything at once, when it cannot go on; what runs is killed. */
    void abandon() {
        List<JobLeg> callers = root.callers();
        legs().forEach(leg -> {
            if (leg.stage() == Stage.RUNNING) {
                leg.stop().force();
            } else {
                progress.drop(leg);
            }
        });
        callers.forEach(progress::drop);
        release();
    }

    /** Gives up a leg of an abandoned run. */
    void drop(JobLeg leg) {
        progress.drop(leg);
    }

    boolean running() {
        return legs().anyMatch(leg -> leg.stage() == Stage.RUNNING);
    }

    boolean over() {
        return root.over();
    }

    /** Gives back what the run as a whole holds. */
    void release() {
        if (claim != null) {
            parts.desk().leave(claim);
        }
    }

    /**
     * Writes what happened since the last time; the end of the attempt too, if it is over.
     *
     * @throws java.io.UncheckedIOException if that fails
     */
    void write() {
        if (over()) {
            Conclusion how = RunVerdict.of(root);
            changes.change(attempt -> attempt.ended(how, parts.now()));
        } else if (status() != written) {
            written = status();
            changes.change(attempt -> attempt.standing(written, parts.now()));
        }
        changes.write();
    }

    private Status status() {
        Set<Stage> stages = legs().map(JobLeg::stage).collect(Collectors.toSet());
        if (stages.contains(Stage.RUNNING)) {
            return Status.IN_PROGRESS;
        }
        if (!admitted) {
            return Status.PENDING;
        }
        if (stages.contains(Stage.QUEUED) || stages.stream().noneMatch(Set.of(Stage.GATED, Stage.IN_LINE)::contains)) {
            return begun ? Status.IN_PROGRESS : Status.QUEUED;
        }
        return stages.contains(Stage.GATED) ? Status.WAITING : Status.PENDING;
    }
}
