package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.Comparator;
import java.util.List;

/** The order of the files: jobs as they stand there, called ones in the place of their callers, legs by number. */
public final class JobOrder implements Comparator<JobRecord> {
    private final PlannedWorkflow root;

    public JobOrder(PlannedWorkflow root) {
        this.root = root;
    }

    @Override
    public int compare(JobRecord one, JobRecord other) {
        return compare(
                root,
                JobKey.parse(one.key()).segments(),
                JobKey.parse(other.key()).segments());
    }

    private static int compare(PlannedWorkflow workflow, List<JobKey.Segment> one, List<JobKey.Segment> other) {
        if (workflow == null || one.isEmpty() || other.isEmpty()) {
            return Integer.compare(one.size(), other.size());
        }
        JobKey.Segment first = one.get(0);
        JobKey.Segment second = other.get(0);
        if (!first.job().equals(second.job())) {
            return Integer.compare(place(workflow.workflow(), first), place(workflow.workflow(), second));
        }
        return first.leg() != second.leg()
                ? Integer.compare(first.leg(), second.leg())
                : compare(
                        workflow.calls().get(first.job()), one.subList(1, one.size()), other.subList(1, other.size()));
    }

    private static int place(Workflow workflow, JobKey.Segment segment) {
        for (int i = 0; i < workflow.jobs().size(); i++) {
            if (workflow.jobs().get(i).id().equals(segment.job())) {
                return i;
            }
        }
        return workflow.jobs().size();
    }
}
