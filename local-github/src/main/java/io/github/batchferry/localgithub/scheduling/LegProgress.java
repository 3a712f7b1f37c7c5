package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.scheduling.JobLeg.Stage;
import io.github.batchferry.localgithub.scheduling.plan.JobResult;
import io.github.batchferry.localgithub.scheduling.plan.UnstartableJobException;
import io.github.batchferry.localgithub.store.Annotation;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.Status;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the legs of a run from stage to stage: through their concurrency groups, what their environment demands, and the
 * queue, to their end. Not thread-safe: the queue's monitor guards it.
 */
final class LegProgress {
    private final RunInProgress run;
    private final RunParts parts;
    private final RecordChanges changes;
    private final LegStart start;
    private final DeploymentGates gates;
    private final CalledFrames frames = new CalledFrames();

    LegProgress(RunInProgress run, RunRecord record, RunParts parts, RecordChanges changes) {
        this.run = run;
        this.parts = parts;
        this.changes = changes;
        this.start = new LegStart(parts, record);
        this.gates = new DeploymentGates(parts, record);
    }

    /** Puts a leg on record; one that calls a workflow has none, its jobs have. */
    void enroll(JobLeg leg, Status status) {
        if (leg.calls()) {
            return;
        }
        try {
            add(leg, start.record(leg), status);
        } catch (UnstartableJobException e) {
            if (leg.stage() == JobLeg.Stage.OVER) {
                add(leg, start.bare(leg), status);
            } else {
                fail(leg, e.getMessage());
            }
        }
    }

    /** A leg may be over before it is on record: when one before it failed and took the others with it. */
    private void add(JobLeg leg, JobRecord job, Status status) {
        leg.record(job.id());
        boolean over = leg.stage() == JobLeg.Stage.OVER;
        changes.add(over ? job.ended(leg.conclusion(), parts.now()) : job.waiting(status));
    }

    /** Takes a leg over as it ended in an earlier attempt. */
    void takeOver(JobLeg leg, JobRecord before) {
        leg.record(before.id());
        leg.node().learn(before.outputs());
        leg.end(before.conclusion(), JobResult.of(before.conclusion(), LegStart.tolerated(leg)));
    }

    /**
     * Takes the next step with a leg, if one is possible.
     *
     * @param admitted whether jobs of the run may begin
     */
    boolean advance(JobLeg leg, boolean admitted) {
        return switch (leg.stage()) {
            case HELD -> leave(leg, admitted);
            case CLAIMING -> claim(leg);
            case GATED -> leg.gate().open() && launch(leg);
            case CALLING -> leg.called().over() && finishCall(leg);
            default -> false;
        };
    }

    private static boolean leave(JobLeg leg, boolean admitted) {
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
                Optional<Claim> next = start.nextClaim(run, leg, frames);
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
            case REFUSED -> run.superseded(asked);
            case DEADLOCK -> {
                String message = "Canceling since a deadlock was detected for concurrency group: '" + asked.group()
                        + "' between "
                        + parts.desk().holder(asked).map(Claim::claimant).orElse("") + " and " + asked.claimant();
                leg.claims().remove(asked);
                cancel(leg, message);
                run.cancel(message);
            }
        }
    }

    private void gate(JobLeg leg) throws UnstartableJobException {
        Optional<DeploymentGate> gate = gates.gate(leg);
        if (gate.isPresent()) {
            leg.gate(gate.get());
            String environment = gate.get().environment().name();
            changes.change(leg.id(), job -> job.named(job.name(), environment));
            gates.check(gate.get());
        }
        if (gate.isEmpty() || gate.get().open()) {
            launch(leg);
            return;
        }
        leg.move(Stage.GATED);
        stand(leg, Status.WAITING);
        if (gate.get().environment().waitMinutes() > 0) {
            parts.turns().wait(run, leg, gates.wait(gate.get()));
        }
    }

    private boolean launch(JobLeg leg) {
        try {
            if (leg.calls()) {
                leg.call(frames.frame(leg));
            } else {
                leg.move(Stage.QUEUED);
                stand(leg, Status.QUEUED);
                parts.turns().queue(run, leg);
            }
        } catch (UnstartableJobException e) {
            fail(leg, e.getMessage());
        }
        return true;
    }

    private boolean finishCall(JobLeg leg) {
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

    /** Says in a leg's record where it stands. */
    void stand(JobLeg leg, Status status) {
        if (leg.id() != 0) {
            changes.change(leg.id(), job -> job.waiting(status));
        }
    }

    /** Begins a queued leg. */
    void begin(JobLeg leg) {
        leg.move(Stage.RUNNING);
        changes.change(leg.id(), job -> job.begun(parts.now()));
    }

    /**
     * Cancels a leg; one that runs is asked to stop, those of a workflow that it calls are cancelled unless they run in
     * spite of that.
     *
     * @param message for its annotation; null for none
     */
    void cancel(JobLeg leg, String message) {
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

    /** Cancels the jobs of a workflow, those apart that run in spite of that. */
    void cancel(WorkflowFrame frame, String message) {
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

    /** Ends a leg as failed, with an annotation that says why. */
    void fail(JobLeg leg, String message) {
        if (leg.id() == 0) {
            JobRecord job = start.bare(leg);
            leg.record(job.id());
            changes.add(job);
        }
        annotate(leg, message);
        end(leg, Conclusion.FAILURE, Map.of());
    }

    private void annotate(JobLeg leg, String message) {
        if (message != null && leg.id() != 0) {
            changes.change(leg.id(), job -> job.with(Annotation.ofJob(Annotation.Level.FAILURE, message)));
        }
    }

    /** Says where people find what a leg deployed, if it is known. */
    void deployed(JobLeg leg, Optional<String> url) {
        url.ifPresent(found -> changes.change(leg.id(), job -> job.deployedTo(found)));
    }

    /** Ends a leg. */
    void end(JobLeg leg, Conclusion how, Map<String, String> outputs) {
        if (leg.id() != 0) {
            changes.change(leg.id(), job -> job.withOutputs(outputs).ended(how, parts.now()));
        }
        leg.node().learn(outputs);
        over(leg, how, JobResult.of(how, LegStart.tolerated(leg)));
    }

    private void over(JobLeg leg, Conclusion how, JobResult result) {
        leg.end(how, result);
        release(leg);
        if (result == JobResult.FAILURE && leg.node().failFast()) {
            String message = "The strategy configuration was canceled because \""
                    + leg.identity().configuration() + "\" failed";
            leg.node().legs().forEach(other -> cancel(other, message));
        }
    }

    /** Gives up a leg, without a word in its record. */
    void drop(JobLeg leg) {
        leg.move(Stage.OVER);
        release(leg);
    }

    private void release(JobLeg leg) {
        leg.claims().forEach(parts.desk()::leave);
        leg.claims().clear();
    }
}
