package io.github.batchferry.localgithub.scheduling.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.workflow.Condition;
import io.github.batchferry.localgithub.workflow.Contexts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code success()}, {@code failure()}, {@code cancelled()} and {@code always()} answer in the {@code if} of a job:
 * they look at all jobs before it, not only at those it names.
 *
 * @param ancestors results of the jobs that had to be over before it, directly or not
 * @param cancelled whether the run is to stop
 */
public record JobStatus(Map<String, JobResult> ancestors, boolean cancelled) implements Contexts.Functions {
    public JobStatus {
        ancestors = Map.copyOf(ancestors);
    }

    /** Whether a job runs: its condition holds, or, where it has none, all jobs before it succeeded. */
    public boolean lets(Optional<Condition> condition, Contexts contexts) {
        return condition.map(test -> test.holds(contexts.with(this))).orElseGet(() -> succeeded(ancestors.values()));
    }

    @Override
    public JsonNode call(String name, List<JsonNode> arguments) {
        Collection<JobResult> asked = asked(arguments);
        return switch (name) {
            case "always" -> BooleanNode.TRUE;
            case "cancelled" -> BooleanNode.valueOf(cancelled);
            case "success" -> BooleanNode.valueOf(succeeded(asked));
            case "failure" -> BooleanNode.valueOf(!cancelled && asked.contains(JobResult.FAILURE));
            default -> Contexts.Functions.NONE.call(name, arguments);
        };
    }

    private Collection<JobResult> asked(List<JsonNode> names) {
        return names.isEmpty()
                ? ancestors.values()
                : names.stream().flatMap(name -> named(name).stream()).toList();
    }

    private Optional<JobResult> named(JsonNode name) {
        return ancestors.entrySet().stream()
                .filter(job -> job.getKey().equalsIgnoreCase(Values.text(name)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private boolean succeeded(Collection<JobResult> results) {
        return !cancelled && results.stream().allMatch(JobResult.SUCCESS::equals);
    }
}
