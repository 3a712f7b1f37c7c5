package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.store.ReferencedWorkflow;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A workflow file that a run uses, with those that it calls.
 *
 * @param workflow its content
 * @param origin where it was read
 * @param calls the called workflow for each of its jobs that calls one, by the job's id
 */
public record PlannedWorkflow(Workflow workflow, Origin origin, Map<String, PlannedWorkflow> calls) {
    /**
     * Where a workflow file was read.
     *
     * @param repository that holds it
     * @param path in the repository
     * @param ref as it was named: full for a run's own file; as written where it was called from another repository
     * @param sha the commit that the ref pointed at
     */
    public record Origin(RepositoryName repository, String path, String ref, String sha) {
        /** The form {@code owner/name/path@ref}. */
        @Override
        public String toString() {
            return repository + "/" + path + "@" + ref;
        }
    }

    public PlannedWorkflow {
        calls = Collections.unmodifiableMap(new LinkedHashMap<>(calls));
    }

    /** The same where tokens may only read, unless the file says what they may. */
    public PlannedWorkflow onlyReading() {
        return new PlannedWorkflow(workflow.onlyReading(), origin, calls);
    }

    /** What one of its jobs calls; the job must be one that calls. */
    public PlannedWorkflow called(Job job) {
        return calls.get(job.id());
    }

    /** All workflows that are called, directly or not. */
    public Set<ReferencedWorkflow> referenced() {
        Set<ReferencedWorkflow> all = new LinkedHashSet<>();
        for (PlannedWorkflow called : calls.values()) {
            Origin from = called.origin();
            all.add(new ReferencedWorkflow(from.toString(), from.sha(), from.ref()));
            all.addAll(called.referenced());
        }
        return all;
    }
}
