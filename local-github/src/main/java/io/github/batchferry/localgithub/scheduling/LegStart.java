package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.scheduling.plan.JobNames;
import io.github.batchferry.localgithub.scheduling.plan.UnstartableJobException;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.RunnerLabels;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Says what a leg is and asks for, by its expressions. */
final class LegStart {
    private final RunParts parts;
    private final RunRecord run;

    LegStart(RunParts parts, RunRecord run) {
        this.parts = parts;
        this.run = run;
    }

    /** A record for a job that has no legs. */
    JobRecord record(JobNode node) {
        String name;
        try {
            name = JobNames.withoutLeg(node.job(), node.contexts());
        } catch (ExpressionException e) {
            name = node.job().id();
        }
        return record(node.key().toString(), node.frame().given().name() + name, List.of());
    }

    /**
     * The record of a leg.
     *
     * @throws UnstartableJobException if {@code runs-on} has no value, or one that cannot be served here
     */
    JobRecord record(JobLeg leg) throws UnstartableJobException {
        return record(leg.identity().key().toString(), leg.identity().name(), labels(leg));
    }

    /** A record for a leg of which no more is known than its name. */
    JobRecord bare(JobLeg leg) {
        return record(leg.identity().key().toString(), leg.identity().name(), List.of());
    }

    private JobRecord record(String key, String name, List<String> labels) {
        return JobRecord.queued(
                parts.runs().nextId(),
                key,
                name,
                run.latest().number(),
                labels,
                UUID.randomUUID().toString(),
                parts.now());
    }

    private static List<String> labels(JobLeg leg) throws UnstartableJobException {
        JsonNode value;
        try {
            value = ((Job.Steps) leg.job().body()).runsOn().evaluate(leg.contexts());
        } catch (ExpressionException e) {
            throw unstartable("runs-on", leg.job(), e);
        }
        List<String> labels = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(label -> labels.add(Values.text(label)));
        } else {
            labels.add(Values.text(value));
        }
        for (String label : labels) {
            if (!RunnerLabels.serve(label)) {
                throw new UnstartableJobException(RunnerLabels.refusal(label));
            }
        }
        return labels;
    }

    static UnstartableJobException unstartable(String key, Job job, ExpressionException e) {
        return new UnstartableJobException(
                "Error when evaluating '" + key + "' for job '" + job.id() + "'. " + e.getMessage());
    }

    /** Whether a leg's failure is to count as success. */
    static boolean tolerated(JobLeg leg) {
        if (!(leg.job().body() instanceof Job.Steps steps)) {
            return false;
        }
        try {
            return steps.continueOnError()
                    .filter(template ->
                            Values.text(template.value(leg.contexts())).equals("true"))
                    .isPresent();
        } catch (ExpressionException e) {
            return false;
        }
    }

    /** Whether a leg claims any concurrency group. */
    static boolean claims(JobLeg leg) {
        return leg.job().concurrency().isPresent()
                || leg.calls() && calledWorkflow(leg).concurrency().isPresent();
    }

    private static Workflow calledWorkflow(JobLeg leg) {
        return leg.node().frame().planned().called(leg.job()).workflow();
    }

    /**
     * The next concurrency group that a leg must claim: the job's own, then that of the workflow it calls.
     *
     * @throws UnstartableJobException if its name has no value
     */
    Optional<Claim> nextClaim(RunInProgress owner, JobLeg leg, CalledFrames frames) throws UnstartableJobException {
        List<Claim> all = new ArrayList<>();
        try {
            leg.job().concurrency().ifPresent(own -> all.add(claim(owner, leg, own, leg.contexts())));
            if (leg.calls() && calledWorkflow(leg).concurrency().isPresent()) {
                Contexts inside = frames.contexts(leg);
                calledWorkflow(leg).concurrency().ifPresent(own -> all.add(claim(owner, leg, own, inside)));
            }
        } catch (ExpressionException e) {
            throw unstartable("concurrency", leg.job(), e);
        }
        int next = leg.claims().size();
        return next < all.size() ? Optional.of(all.get(next)) : Optional.empty();
    }

    /** The claim that a {@code concurrency} stands for; its group may be empty. */
    static Claim claim(RunInProgress owner, JobLeg leg, Workflow.Concurrency concurrency, Contexts contexts) {
        boolean cancels =
                Values.text(concurrency.cancelInProgress().value(contexts)).equals("true");
        return new Claim(
                owner,
                leg,
                concurrency.group().evaluate(contexts),
                new Claim.Manner(cancels, concurrency.queueMax() && !cancels));
    }
}
