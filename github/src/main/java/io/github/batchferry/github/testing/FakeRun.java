package io.github.batchferry.github.testing;

import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import java.util.List;
import java.util.Map;

/**
 * A run in a {@link FakeGitHub}.
 *
 * @param version counts the changes; the ETag is made of it
 */
record FakeRun(WorkflowRun run, String workflow, Map<String, String> inputs, List<WorkflowJob> jobs, int version) {
    FakeRun with(WorkflowRun changed) {
        return new FakeRun(changed, workflow, inputs, jobs, version + 1);
    }

    FakeRun with(List<WorkflowJob> changed) {
        return new FakeRun(run, workflow, inputs, List.copyOf(changed), version);
    }

    String etag() {
        return "\"" + run.id() + "-" + version + "\"";
    }
}
