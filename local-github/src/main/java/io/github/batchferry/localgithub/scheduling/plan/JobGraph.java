package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which jobs of a workflow wait for which. */
public final class JobGraph {
    private final Map<String, List<String>> needs = new LinkedHashMap<>();

    private JobGraph(List<Job> jobs) {
        jobs.forEach(job -> needs.put(job.id(), job.needs()));
    }

    /** The graph of a workflow's jobs. */
    public static JobGraph of(Workflow workflow) {
        return new JobGraph(workflow.jobs());
    }

    /** The jobs that must be over before a job, directly or not. */
    public Set<String> ancestors(String id) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(needs.get(id));
        while (!open.isEmpty()) {
            String next = open.poll();
            if (found.add(next)) {
                open.addAll(needs.get(next));
            }
        }
        return found;
    }

    /** These jobs and all that wait for one of them, directly or not. */
    public Set<String> withDependents(Set<String> ids) {
        Set<String> found = new LinkedHashSet<>(ids);
        needs.keySet().stream()
                .filter(id -> ancestors(id).stream().anyMatch(ids::contains))
                .forEach(found::add);
        return found;
    }
}
