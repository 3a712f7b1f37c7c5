package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.JobKey;
import io.github.batchferry.localgithub.scheduling.plan.JobNames;
import io.github.batchferry.localgithub.scheduling.plan.MatrixExpansion;
import io.github.batchferry.localgithub.scheduling.plan.MatrixExpansion.Combination;
import io.github.batchferry.localgithub.scheduling.plan.UnstartableJobException;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the legs of a job out of its {@code strategy}, once the jobs it needs are over. */
final class LegExpansion {
    private final JobNode node;
    private final Job job;
    private final Contexts contexts;

    private LegExpansion(JobNode node) {
        this.node = node;
        this.job = node.job();
        this.contexts = node.contexts();
    }

    /**
     * Gives a job its legs.
     *
     * @throws UnstartableJobException if the matrix, or a name, cannot be evaluated
     */
    static void expand(JobNode node) throws UnstartableJobException {
        LegExpansion expansion = new LegExpansion(node);
        try {
            expansion.run();
        } catch (ExpressionException e) {
            throw new UnstartableJobException(
                    "Error when evaluating 'strategy' for job '" + node.job().id() + "'. " + e.getMessage());
        }
    }

    private void run() throws UnstartableJobException {
        Optional<Tree> matrix = job.strategy().flatMap(Job.Strategy::matrix);
        List<Combination> combinations =
                matrix.isPresent() ? MatrixExpansion.of(job.id(), matrix.get().evaluate(contexts)) : List.of();
        boolean failFast = job.strategy()
                .flatMap(Job.Strategy::failFast)
                .map(template -> Values.text(template.value(contexts)))
                .filter("false"::equals)
                .isEmpty();
        int total = Math.max(1, combinations.size());
        int atOnce = atOnce(total);
        ObjectNode strategy = Json.object()
                .put("fail-fast", failFast)
                .put("job-index", 0)
                .put("job-total", total)
                .put("max-parallel", atOnce);
        List<JobLeg> legs = new ArrayList<>();
        if (combinations.isEmpty()) {
            legs.add(leg(node.key(), strategy, NullNode.getInstance(), List.of()));
        }
        for (Combination combination : combinations) {
            ObjectNode own = strategy.deepCopy().put("job-index", legs.size());
            legs.add(leg(node.key().leg(legs.size() + 1), own, combination.values(), combination.shown()));
        }
        node.expand(legs, failFast, atOnce);
    }

    private int atOnce(int total) {
        double most = job.strategy()
                .flatMap(Job.Strategy::maxParallel)
                .map(template -> Values.number(template.value(contexts)))
                .orElse(0.0);
        return most >= 1 && most < total ? (int) most : total;
    }

    private JobLeg leg(JobKey key, ObjectNode strategy, JsonNode matrix, List<String> shown) {
        Contexts own = contexts.with("strategy", strategy).with("matrix", matrix);
        String name = node.frame().given().name() + JobNames.shown(job, own, shown);
        return new JobLeg(node, new JobLeg.Identity(key, name, JobNames.configuration(job.id(), shown)), own);
    }
}
