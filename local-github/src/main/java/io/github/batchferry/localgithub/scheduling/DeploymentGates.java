package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.expression.ExpressionException;
import io.github.batchferry.localgithub.scheduling.plan.DeploymentRules;
import io.github.batchferry.localgithub.scheduling.plan.UnstartableJobException;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Job;
import java.time.Duration;
import java.util.Optional;

/** Looks up the environments that jobs name, and what they demand. */
final class DeploymentGates {
    private final RunParts parts;
    private final RunRecord run;

    DeploymentGates(RunParts parts, RunRecord run) {
        this.parts = parts;
        this.run = run;
    }

    /**
     * The gate before a leg; empty if it names no environment. One that the repository does not have is created, without
     * any rule.
     *
     * @throws UnstartableJobException if its name has no value
     */
    Optional<DeploymentGate> gate(JobLeg leg) throws UnstartableJobException {
        return name(leg).map(name -> new DeploymentGate(environment(name), parts.now()));
    }

    private static Optional<String> name(JobLeg leg) throws UnstartableJobException {
        if (!(leg.job().body() instanceof Job.Steps steps)) {
            return Optional.empty();
        }
        try {
            return steps.environment()
                    .map(environment -> environment.name().evaluate(leg.contexts()))
                    .filter(name -> !name.isBlank());
        } catch (ExpressionException e) {
            throw LegStart.unstartable("environment", leg.job(), e);
        }
    }

    private EnvironmentRecord environment(String name) {
        RepositorySettings known = parts.settings().of(run.repositoryName());
        return known.environment(name)
                .orElseGet(() -> parts.settings()
                        .update(
                                run.repositoryName(),
                                before -> before.environment(name).isPresent() ? before : before.with(open(name)))
                        .environment(name)
                        .orElseThrow());
    }

    private EnvironmentRecord open(String name) {
        return EnvironmentRecord.open(run.repositoryName(), name, parts.now());
    }

    /**
     * Refuses a branch or tag that may not be deployed.
     *
     * @throws UnstartableJobException in GitHub's words
     */
    void check(DeploymentGate gate) throws UnstartableJobException {
        DeploymentRules rules = new DeploymentRules(
                gate.environment(), parts.settings().of(run.repositoryName()).protectedBranches());
        Optional<String> refusal = rules.refusal(run.ref());
        if (refusal.isPresent()) {
            throw new UnstartableJobException(refusal.get());
        }
    }

    /** How long a job waits, by the machine's clock. */
    Duration wait(DeploymentGate gate) {
        return parts.execution().scaled(Duration.ofMinutes(gate.environment().waitMinutes()));
    }
}
