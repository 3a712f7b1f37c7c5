package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.execution.StopSignal;
import io.github.batchferry.localgithub.scheduling.plan.JobKey;
import io.github.batchferry.localgithub.scheduling.plan.JobResult;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * One combination of a job's matrix, or the whole job where it has none. Not thread-safe: the queue's monitor guards it.
 */
final class JobLeg {
    private final JobNode node;
    private final Identity identity;
    private final Contexts contexts;
    private final StopSignal stop = new StopSignal();

    // Mutable state
    private Stage stage = Stage.HELD;
    private long id;
    private final List<Claim> claims = new ArrayList<>();
    private DeploymentGate gate;
    private WorkflowFrame called;
    private Conclusion conclusion;
    private JobResult result;

    /**
     * What it is called.
     *
     * @param key with the number of its leg
     * @param name for people
     * @param configuration what GitHub's messages call it
     */
    record Identity(JobKey key, String name, String configuration) {}

    /** Where it stands, in this order. */
    enum Stage {
        /** Waits for the run, or for its siblings to make room. */
        HELD,
        /** Goes for its concurrency groups. */
        CLAIMING,
        /** Waits for one of them. */
        IN_LINE,
        /** Waits for what its environment demands. */
        GATED,
        /** Waits for a free place. */
        QUEUED,
        RUNNING,
        /** The workflow that it calls runs. */
        CALLING,
        OVER;

        /** Whether it counts for {@code max-parallel}. */
        boolean takesRoom() {
            return this != HELD && this != OVER;
        }
    }

    JobLeg(JobNode node, Identity identity, Contexts contexts) {
        this.node = node;
        this.identity = identity;
        this.contexts = contexts;
    }

    JobNode node() {
        return node;
    }

    Job job() {
        return node.job();
    }

    Identity identity() {
        return identity;
    }

    /** What its expressions see. */
    Contexts contexts() {
        return contexts;
    }

    StopSignal stop() {
        return stop;
    }

    Stage stage() {
        return stage;
    }

    void move(Stage next) {
        stage = next;
    }

    /** Number of its record; 0 if it calls a workflow. */
    long id() {
        return id;
    }

    void record(long number) {
        id = number;
    }

    boolean calls() {
        return job().body() instanceof Job.Call;
    }

    /** The groups it holds or waits for. */
    List<Claim> claims() {
        return claims;
    }

    /** What its environment demands; null before it came there, or without an environment. */
    DeploymentGate gate() {
        return gate;
    }

    void gate(DeploymentGate closed) {
        gate = closed;
    }

    /** The workflow that it calls; null before it does. */
    WorkflowFrame called() {
        return called;
    }

    void call(WorkflowFrame frame) {
        called = frame;
        stage = Stage.CALLING;
    }

    /** How it ended; null before, and for one that calls a workflow. */
    Conclusion conclusion() {
        return conclusion;
    }

    JobResult result() {
        return result;
    }

    void end(Conclusion how, JobResult seen) {
        stage = Stage.OVER;
        conclusion = how;
        result = seen;
    }
}
