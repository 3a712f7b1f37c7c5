package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.execution.RunFacts;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.InputValues;
import io.github.batchferry.localgithub.scheduling.plan.PlannedWorkflow;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.ReferencedWorkflow;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the expressions of a run see before any job of it begins. */
final class RunContexts {
    private final Addresses addresses;
    private final RepositoryDocument<RepositorySettings> settings;

    RunContexts(Addresses addresses, RepositoryDocument<RepositorySettings> settings) {
        this.addresses = addresses;
        this.settings = settings;
    }

    /** The contexts {@code github}, {@code inputs} and {@code vars} of a run's own workflow. */
    Contexts of(RunRecord run, Workflow workflow, JsonNode event) {
        Map<String, String> variables = new TreeMap<>();
        settings.of(run.repositoryName())
                .variables()
                .values()
                .forEach(variable -> variables.put(variable.name(), variable.value()));
        return new Contexts(Map.of(
                "github", RunFacts.context(RunFacts.variables(run, addresses, isProtected(run)), event),
                "inputs", InputValues.dispatched(workflow.inputs(), event.path("inputs")),
                "vars", Json.MAPPER.valueToTree(variables)));
    }

    private boolean isProtected(RunRecord run) {
        return run.ref().startsWith("refs/heads/")
                && settings.of(run.repositoryName()).protectedBranches().contains(run.refName());
    }

    /**
     * The run with its title, its concurrency group and the workflows it calls.
     *
     * @throws io.github.batchferry.localgithub.expression.ExpressionException if an expression has no value
     */
    RunRecord named(RunRecord run, PlannedWorkflow planned, JsonNode event) {
        Workflow workflow = planned.workflow();
        Contexts contexts = of(run, workflow, event);
        String title = workflow.runName()
                .map(name -> name.evaluate(contexts).strip())
                .filter(name -> !name.isEmpty())
                .orElse(run.workflowName());
        Optional<Workflow.Concurrency> concurrency = workflow.concurrency();
        return run.named(
                        title,
                        concurrency
                                .map(group -> group.group().evaluate(contexts))
                                .orElse(null),
                        concurrency
                                .map(group ->
                                        Values.text(group.cancelInProgress().value(contexts)))
                                .filter("true"::equals)
                                .isPresent())
                .calling(List.<ReferencedWorkflow>copyOf(planned.referenced()));
    }
}
