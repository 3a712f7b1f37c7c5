package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.JobKey;
import io.github.batchferry.localgithub.scheduling.plan.JobResult;
import io.github.batchferry.localgithub.scheduling.plan.JobStatus;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A job of a workflow in a run: first it waits for the jobs it needs, then it has one leg, or as many as its matrix has
 * combinations, then it is over. Not thread-safe: the queue's monitor guards it.
 */
final class JobNode {
    private final WorkflowFrame frame;
    private final Job job;
    private final JobKey key;
    private final Set<String> ancestors;

    // Mutable state
    private List<JobLeg> legs = List.of();
    private boolean failFast = true;
    private int atOnce = Integer.MAX_VALUE;
    private JobResult result;
    private final Map<String, String> outputs = new LinkedHashMap<>();

    JobNode(WorkflowFrame frame, Job job, JobKey key, Set<String> ancestors) {
        this.frame = frame;
        this.job = job;
        this.key = key;
        this.ancestors = ancestors;
    }

    WorkflowFrame frame() {
        return frame;
    }

    Job job() {
        return job;
    }

    /** Its key, without a leg. */
    JobKey key() {
        return key;
    }

    List<JobLeg> legs() {
        return legs;
    }

    /** Whether it can be decided now what becomes of it. */
    boolean decidable() {
        return result == null
                && legs.isEmpty()
                && job.needs().stream().allMatch(id -> frame.job(id).over());
    }

    boolean over() {
        return result != null;
    }

    JobResult result() {
        return result;
    }

    /** The context {@code needs} of its expressions. */
    ObjectNode needs() {
        ObjectNode needs = Json.object();
        job.needs().forEach(id -> needs.set(id, frame.job(id).context()));
        return needs;
    }

    /** How it is seen by jobs that need it. */
    ObjectNode context() {
        ObjectNode context = Json.object();
        context.put("result", result == null ? "" : result.word());
        context.set("outputs", Json.MAPPER.valueToTree(outputs));
        return context;
    }

    /** What the condition of the job goes by. */
    JobStatus status() {
        return new JobStatus(
                ancestors.stream()
                        .collect(Collectors.toMap(
                                Function.identity(), id -> frame.job(id).result())),
                frame.cancelled());
    }

    /** Whether it runs, as things stand. */
    boolean wanted() {
        return status().lets(job.condition(), contexts());
    }

    /** Whether all jobs before it succeeded. */
    boolean allBeforeSucceeded() {
        return ancestors.stream().allMatch(id -> frame.job(id).result() == JobResult.SUCCESS);
    }

    /** What its expressions see before it has legs. */
    Contexts contexts() {
        return frame.given().contexts().with("needs", needs());
    }

    /**
     * Gives it its legs.
     *
     * @param stopsAll whether the others are cancelled when one fails
     * @param most how many run at the same time
     */
    void expand(List<JobLeg> all, boolean stopsAll, int most) {
        legs = List.copyOf(all);
        failFast = stopsAll;
        atOnce = most;
    }

    boolean failFast() {
        return failFast;
    }

    /** Whether one more of its legs may begin. */
    boolean hasRoom() {
        return legs.stream().filter(leg -> leg.stage().takesRoom()).count() < atOnce;
    }

    /** Takes the outputs of a leg over; what is empty does not replace what another leg said. */
    void learn(Map<String, String> others) {
        others.forEach((name, value) -> {
            if (!value.isEmpty() || !outputs.containsKey(name)) {
                outputs.put(name, value);
            }
        });
    }

    /** Ends it without legs. */
    void end(JobResult how) {
        result = how;
    }

    /** Ends it if all its legs are over; whether it ended by this. */
    boolean endIfDone() {
        if (result != null || legs.isEmpty() || legs.stream().anyMatch(leg -> leg.stage() != JobLeg.Stage.OVER)) {
            return false;
        }
        result = JobResult.of(legs.stream().map(JobLeg::result).toList());
        return true;
    }
}
