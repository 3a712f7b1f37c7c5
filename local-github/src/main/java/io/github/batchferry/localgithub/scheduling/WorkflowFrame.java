package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.JobGraph;
import io.github.batchferry.localgithub.scheduling.plan.JobKey;
import io.github.batchferry.localgithub.scheduling.plan.JobResult;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.scheduling.plan.TokenPermissions;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A workflow while its jobs run: the run's own, or one that a job calls. Not thread-safe: the queue's monitor guards it.
 */
final class WorkflowFrame {
    private final PlannedWorkflow planned;
    private final Given given;

    // Mutable state
    private final Map<String, JobNode> jobs = new LinkedHashMap<>();
    private boolean cancelled;

    /**
     * What a workflow is given by what starts it.
     *
     * @param key of the job that calls it; {@link JobKey#ROOT} for the run's own
     * @param name for people, with a separator behind; empty for the run's own
     * @param contexts {@code github}, {@code inputs} and {@code vars}
     * @param secrets those its jobs see
     * @param most what its jobs' tokens may do at most; empty for the run's own
     * @param caller the leg that calls it; null for the run's own
     */
    record Given(
            JobKey key,
            String name,
            Contexts contexts,
            VisibleSecrets secrets,
            Optional<Permissions> most,
            JobLeg caller) {}

    WorkflowFrame(PlannedWorkflow planned, Given given) {
        this.planned = planned;
        this.given = given;
        JobGraph graph = JobGraph.of(planned.workflow());
        for (Job job : planned.workflow().jobs()) {
            Set<String> ancestors = graph.ancestors(job.id());
            jobs.put(job.id(), new JobNode(this, job, given.key.job(job.id()), ancestors));
        }
    }

    PlannedWorkflow planned() {
        return planned;
    }

    Given given() {
        return given;
    }

    /** Its jobs, in the order of the file. */
    Collection<JobNode> jobs() {
        return jobs.values();
    }

    /** A job by its id. */
    JobNode job(String id) {
        return jobs.get(id);
    }

    /** What the token of one of its jobs may do. */
    Permissions permissions(Job job) {
        return TokenPermissions.of(job, planned.workflow(), given.most);
    }

    boolean over() {
        return jobs.values().stream().allMatch(JobNode::over);
    }

    /** Whether its jobs are to stop, those apart that run in spite of that. */
    boolean cancelled() {
        return cancelled || given.caller != null && given.caller.node().frame().cancelled();
    }

    void cancel() {
        cancelled = true;
    }

    /** The legs of its jobs and of what they call, in order, those apart that stand for a called workflow. */
    List<JobLeg> legs() {
        List<JobLeg> all = new ArrayList<>();
        for (JobNode node : jobs.values()) {
            for (JobLeg leg : node.legs()) {
                if (leg.called() == null) {
                    all.add(leg);
                } else {
                    all.addAll(leg.called().legs());
                }
            }
        }
        return all;
    }

    /** The legs that stand for called workflows, which may hold groups for them. */
    List<JobLeg> callers() {
        List<JobLeg> all = new ArrayList<>();
        for (JobNode node : jobs.values()) {
            for (JobLeg leg : node.legs()) {
                if (leg.called() != null) {
                    all.add(leg);
                    all.addAll(leg.called().callers());
                }
            }
        }
        return all;
    }

    JobResult result() {
        return JobResult.of(jobs.values().stream().map(JobNode::result).toList());
    }

    /** What the called workflow hands to the jobs that need its caller. */
    Map<String, String> outputs() {
        ObjectNode context = Json.object();
        jobs.forEach((id, node) -> context.set(id, node.context()));
        Contexts contexts = given.contexts.with("jobs", context);
        Map<String, Template> outputs = planned.workflow().call().orElseThrow().outputs();
        return outputs.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> outputs.get(name).evaluate(contexts),
                        (first, second) -> second,
                        LinkedHashMap::new));
    }
}
