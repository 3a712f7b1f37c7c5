package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.execution.JobOutcome;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.scheduling.JobLeg.Stage;
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
import java.util.Optional;
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
    private final RunRecord record;
    private final RunParts parts;
    private final WorkflowFrame root;
    private final Map<String, JobRecord> takenOver;
    private final RecordChanges changes;
    private final LegStart start;
    private final DeploymentGates gates;
    private final CalledFrames frames = new CalledFrames();

    // Mutable state
    private Claim claim;
    private boolean admitted = true;
    private boolean begun;
    private Ending ending = Ending.NONE;
    private Status written = Status.QUEUED;

    /** How far a run is to stop. */
    private enum Ending {
        NONE,
        /** Jobs run that do so in spite of a cancellation. */
        CANCELLED,
        /** No job begins any more. */
        CUT
    }

    /**
     * @param record as it was created; the jobs that its attempt has already are taken over
     * @param root its own workflow, with nothing begun
     */
    RunInProgress(RunRecord record, RunParts parts, WorkflowFrame root) {
        this.record = record;
        this.parts = parts;
        this.root = root;
        this.takenOver = record.latest().jobs().stream().collect(Collectors.toMap(JobRecord::key, Function.identity()));
        this.changes = new RecordChanges(
                parts.runs(),
                record.id(),
                new JobOrder(root.planned()),
                parts.execution().clock());
        this.start = new LegStart(parts, record);
        this.gates = new DeploymentGates(parts, record);
    }

    long id() {
        return record.id();
    }

    RepositoryName repository() {
        return record.repositoryName();
    }

    WorkflowFrame root() {
        return root;
    }

    /** Goes for the concurrency group of the run as a whole; its jobs wait until it has it. */
    void claim(Claim whole) {
        claim = whole;
        switch (parts.desk().enter(whole)) {
            case GRANTED -> admitted = true;
            case WAIT -> admitted = false;
            default -> {
                admitted = false;
                superseded(whole);
            }
        }
    }

    /** The run, or a leg of it, has got the group that it waited for. */
    void granted(Claim granted) {
        if (granted == claim) {
            admitted = true;
            legs().filter(leg -> leg.stage() == Stage.HELD).forEach(leg -> stand(leg, Status.QUEUED));
        } else {
            granted.leg().move(Stage.CLAIMING);
        }
    }

    /** The run, or a leg of it, makes way for another one of its group. */
    void superseded(Claim lost) {
        String message = "Canceling since a higher priority waiting request for " + lost.group() + " exists";
        if (lost.leg() != null) {
            cancel(lost.leg(), message);
        } else if (admitted) {
            cancel(message);
        } else {
            cut(message, false);
        }
    }

    /** Cancels the run; jobs that run in spite of that do so. */
    void cancel(String message) {
        if (ending == Ending.NONE) {
            ending = Ending.CANCELLED;
        }
        root.cancel();
        if (admitted) {
            cancel(root, message);
        } else {
            cut(message, false);
        }
    }

    /**
     * Ends the run: no job begins any more.
     *
     * @param atOnce whether those that run are killed, not asked
     */
    void cut(String message, boolean atOnce) {
        ending = Ending.CUT;
        root.cancel();
        legs().forEach(leg -> {
            if (atOnce && leg.stage() == Stage.RUNNING) {
                leg.stop().force();
            }
            cancel(leg, message);
        });
    }

    private Stream<JobLeg> legs() {
        return root.legs().stream();
    }

    private void cancel(WorkflowFrame frame, String message) {
        for (JobNode node : frame.jobs()) {
            if (!node.over() && !node.legs().isEmpty() && !wanted(node)) {
                node.legs().forEach(leg -> cancel(leg, message));
            }
        }
    }

    private static boolean wanted(JobNode node) {
        try {
            return node.wanted();
        } catch (ExpressionException e) {
            return false;
        }
    }

    /** @param message for its annotation; null for none */
    private void cancel(JobLeg leg, String message) {
        switch (leg.stage()) {
            case OVER -> {}
            case RUNNING -> {
                annotate(leg, message);
                leg.stop().ask();
            }
            case CALLING -> {
                leg.called().cancel();
                cancel(leg.called(), message);
            }
            default -> {
                annotate(leg, message);
                end(leg, Conclusion.CANCELLED, Map.of());
            }
        }
    }

    private void annotate(JobLeg leg, String message) {
        if (message != null && leg.id() != 0) {
            changes.change(leg.id(), job -> job.with(Annotation.ofJob(Annotation.Level.FAILURE, message)));
        }
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
                moved |= advance(leg);
            }
            moved |= node.endIfDone();
        }
        return moved;
    }

    private void decide(JobNode node) {
        JobRecord before = takenOver.get(node.key().toString());
        try {
            if (before != null && before.conclusion() == Conclusion.SKIPPED) {
                node.end(JobResult.SKIPPED);
            } else if (ending == Ending.CUT || !node.wanted()) {
                leaveOut(node);
            } else {
                LegExpansion.expand(node);
                node.legs().forEach(this::enroll);
            }
        } catch (ExpressionException e) {
            fail(node, "Error when evaluating 'if' for job '" + node.job().id() + "'. " + e.getMessage());
        } catch (UnstartableJobException e) {
            fail(node, e.getMessage());
        }
    }

    /** A job that would run had the run not been cancelled is cancelled; all others are skipped. */
    private void leaveOut(JobNode node) {
        boolean cancelled = ending == Ending.CUT || node.frame().cancelled() && node.allBeforeSucceeded();
        close(node, cancelled ? Conclusion.CANCELLED : Conclusion.SKIPPED, List.of());
    }

    private void fail(JobNode node, String message) {
        close(node, Conclusion.FAILURE, List.of(Annotation.ofJob(Annotation.Level.FAILURE, message)));
    }

    private void close(JobNode node, Conclusion how, List<Annotation> annotations) {
        node.end(JobResult.of(how, false));
        JobRecord job = start.record(node).ended(how, parts.now());
        for (Annotation annotation : annotations) {
            job = job.with(annotation);
        }
        changes.add(job);
    }

    private void enroll(JobLeg leg) {
        JobRecord before = takenOver.get(leg.identity().key().toString());
        if (before != null && !leg.calls()) {
            leg.record(before.id());
            leg.node().learn(before.outputs());
            leg.end(before.conclusion(), JobResult.of(before.conclusion(), start.tolerated(leg)));
        } else if (!leg.calls()) {
            try {
                JobRecord job = start.record(leg);
                leg.record(job.id());
                changes.add(admitted ? job : job.waiting(Status.PENDING));
            } catch (UnstartableJobException e) {
                fail(leg, e.getMessage());
            }
        }
    }

    private void fail(JobLeg leg, String message) {
        if (leg.id() == 0) {
            JobRecord job = start.bare(leg);
            leg.record(job.id());
            changes.add(job);
        }
        annotate(leg, message);
        end(leg, Conclusion.FAILURE, Map.of());
    }

    private boolean advance(JobLeg leg) {
        return switch (leg.stage()) {
            case HELD -> leave(leg);
            case CLAIMING -> claim(leg);
            case GATED -> leg.gate().open() && launch(leg);
            case CALLING -> advance(leg.called()) | finishCall(leg);
            default -> false;
        };
    }

    private boolean leave(JobLeg leg) {
        // what a run that is still pending calls is looked at already, so that people see its jobs
        boolean free = admitted || leg.calls() && !LegStart.claims(leg);
        if (!free || !leg.node().hasRoom()) {
            return false;
        }
        leg.move(Stage.CLAIMING);
        return true;
    }

    private boolean claim(JobLeg leg) {
        try {
            while (leg.stage() == Stage.CLAIMING) {
                Optional<Claim> next = start.nextClaim(this, leg, frames);
                if (next.isEmpty()) {
                    gate(leg);
                    return true;
                }
                leg.claims().add(next.get());
                answer(leg, next.get());
            }
        } catch (UnstartableJobException e) {
            fail(leg, e.getMessage());
        }
        return true;
    }

    private void answer(JobLeg leg, Claim asked) {
        switch (parts.desk().enter(asked)) {
            case GRANTED -> {}
            case WAIT -> {
                leg.move(Stage.IN_LINE);
                stand(leg, Status.PENDING);
            }
            case REFUSED -> superseded(asked);
            default -> {
                String outer = parts.desk().holder(asked).map(Claim::claimant).orElse("");
                String message = "Canceling since a deadlock was detected for concurrency group: '" + asked.group()
                        + "' between " + outer + " and " + asked.claimant();
                cancel(leg, message);
                cancel(message);
            }
        }
    }

    private void gate(JobLeg leg) throws UnstartableJobException {
        Optional<DeploymentGate> gate = gates.gate(leg);
        gate.ifPresent(closed -> {
            leg.gate(closed);
            if (leg.id() != 0) {
                changes.change(
                        leg.id(),
                        job -> job.named(job.name(), closed.environment().name()));
            }
        });
        if (gate.isPresent()) {
            gates.check(gate.get());
        }
        if (gate.filter(closed -> !closed.open()).isEmpty()) {
            launch(leg);
            return;
        }
        leg.move(Stage.GATED);
        stand(leg, Status.WAITING);
        if (gate.get().environment().waitMinutes() > 0) {
            parts.turns().wait(this, leg, gates.wait(gate.get()));
        }
    }

    private boolean launch(JobLeg leg) {
        try {
            if (leg.calls()) {
                leg.call(frames.frame(leg));
            } else {
                leg.move(Stage.QUEUED);
                stand(leg, Status.QUEUED);
                parts.turns().queue(this, leg);
            }
        } catch (UnstartableJobException e) {
            fail(leg, e.getMessage());
        }
        return true;
    }

    private boolean finishCall(JobLeg leg) {
        if (leg.stage() != Stage.CALLING || !leg.called().over()) {
            return false;
        }
        JobResult result = leg.called().result();
        try {
            leg.node().learn(leg.called().outputs());
        } catch (ExpressionException e) {
            fail(
                    leg,
                    "Error when evaluating 'outputs' of "
                            + leg.called().planned().origin() + ". " + e.getMessage());
            return true;
        }
        over(leg, null, result);
        return true;
    }

    private void stand(JobLeg leg, Status status) {
        if (leg.id() != 0) {
            changes.change(leg.id(), job -> job.status() == status ? job : job.waiting(status));
        }
    }

    /** A free place takes a leg; false if it is no longer to run. */
    boolean begin(JobLeg leg) {
        if (leg.stage() != Stage.QUEUED) {
            return false;
        }
        leg.move(Stage.RUNNING);
        begun = true;
        changes.change(leg.id(), job -> job.begun(parts.now()));
        return true;
    }

    /** A leg that ran is over. */
    void ended(JobLeg leg, JobOutcome outcome) {
        if (leg.stage() == Stage.RUNNING) {
            end(leg, outcome.conclusion(), outcome.outputs());
        }
    }

    private void end(JobLeg leg, Conclusion how, Map<String, String> outputs) {
        if (leg.id() != 0) {
            changes.change(leg.id(), job -> job.withOutputs(outputs).ended(how, parts.now()));
        }
        leg.node().learn(outputs);
        over(leg, how, JobResult.of(how, start.tolerated(leg)));
    }

    private void over(JobLeg leg, Conclusion how, JobResult result) {
        leg.end(how, result);
        leg.claims().forEach(parts.desk()::leave);
        leg.claims().clear();
        if (result == JobResult.FAILURE && leg.node().failFast()) {
            String message = "The strategy configuration was canceled because \""
                    + leg.identity().configuration() + "\" failed";
            leg.node().legs().forEach(other -> cancel(other, message));
        }
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
                fail(leg, rejection);
            }
        }
        return !reviewed.isEmpty();
    }

    /** Gives up everything at once, when it cannot go on; what runs is killed. */
    void abandon() {
        legs().forEach(leg -> {
            if (leg.stage() == Stage.RUNNING) {
                leg.stop().force();
            } else {
                drop(leg);
            }
        });
        release();
    }

    /** Gives up a leg, without a word in its record. */
    void drop(JobLeg leg) {
        leg.move(Stage.OVER);
        leg.claims().forEach(parts.desk()::leave);
        leg.claims().clear();
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
        List<Stage> stages = legs().map(JobLeg::stage).toList();
        if (stages.contains(Stage.RUNNING)) {
            return Status.IN_PROGRESS;
        }
        if (!admitted) {
            return Status.PENDING;
        }
        if (stages.contains(Stage.QUEUED)) {
            return begun ? Status.IN_PROGRESS : Status.QUEUED;
        }
        if (stages.contains(Stage.GATED)) {
            return Status.WAITING;
        }
        return stages.contains(Stage.IN_LINE) ? Status.PENDING : begun ? Status.IN_PROGRESS : Status.QUEUED;
    }
}
