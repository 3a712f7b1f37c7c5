package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.ActionFile;
import io.github.batchferry.localgithub.workflow.ActionReference;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A step that uses a composite action of the workspace: its steps, one after the other, with inputs of their own. */
final class CompositeStep implements StepBody {
    private static final int DEEPEST = 10;

    private final Step.Uses uses;
    private final ActionReference.Local reference;

    CompositeStep(Step.Uses uses, ActionReference.Local reference) {
        this.uses = uses;
        this.reference = reference;
    }

    @Override
    public Conclusion run(ActiveStep step) throws IOException, StepFailedException {
        int depth = step.scope().action().map(ActionFrame::depth).orElse(0) + 1;
        if (depth > DEEPEST) {
            throw new StepFailedException("Composite action depth exceeded max depth " + DEEPEST);
        }
        Path folder = step.job().folders().workspace().resolve(reference.path()).normalize();
        ActionFile action = read(step, folder);
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(Evaluation.texts(uses.with(), step.contexts()));
        ObjectNode inputs = inputs(step, action, given);
        logHeader(step, inputs);
        StepsStatus status = new StepsStatus(step.job().stop());
        StepScope scope =
                new StepScope(step.job(), Optional.of(new ActionFrame(folder, inputs, step.own(), depth)), status);
        boolean cancelled = runSteps(step, action, scope);
        step.stop().throwIfTimedOut();
        setOutputs(step, action, scope);
        if (cancelled) {
            return Conclusion.CANCELLED;
        }
        return status.hasFailed() ? Conclusion.FAILURE : Conclusion.SUCCESS;
    }

    private ActionFile read(ActiveStep step, Path folder) throws IOException, StepFailedException {
        Path workspace = step.job().folders().workspace();
        for (String name : ActionFile.NAMES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                try {
                    return ActionFile.read(workspace.relativize(file).toString(), Files.readAllBytes(file));
                } catch (InvalidWorkflowException e) {
                    throw new StepFailedException(e.getMessage());
                }
            }
        }
        throw new StepFailedException("Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '" + folder
                + "'. Did you forget to run actions/checkout before running your local action?");
    }

    private static ObjectNode inputs(ActiveStep step, ActionFile action, Map<String, String> given)
            throws StepFailedException {
        Contexts contexts = step.contexts();
        ObjectNode inputs = Json.object();
        for (ActionFile.Input input : action.inputs()) {
            if (given.containsKey(input.name())) {
                inputs.put(input.name(), given.get(input.name()));
                input.deprecationMessage()
                        .ifPresent(message -> step.log()
                                .warning("Input '" + input.name() + "' has been deprecated with message: " + message));
            } else {
                String value = input.defaultValue().isPresent()
                        ? Evaluation.text(input.defaultValue().get(), contexts)
                        : "";
                inputs.put(input.name(), value);
            }
        }
        warnOfUnknown(step, action, given);
        return inputs;
    }

    private static void warnOfUnknown(ActiveStep step, ActionFile action, Map<String, String> given) {
        List<String> known =
                action.inputs().stream().map(ActionFile.Input::name).toList();
        List<String> unknown = new ArrayList<>(given.keySet());
        unknown.removeIf(name -> known.stream().anyMatch(name::equalsIgnoreCase));
        if (!unknown.isEmpty()) {
            step.log()
                    .warning("Unexpected input(s) '" + String.join("', '", unknown) + "', valid inputs are ['"
                            + String.join("', '", known) + "']");
        }
    }

    private void logHeader(ActiveStep step, ObjectNode inputs) {
        StepLog log = step.log();
        log.group("Run " + reference);
        if (!inputs.isEmpty()) {
            log.line("with:");
            inputs.properties()
                    .forEach(input -> log.line(
                            "  " + input.getKey() + ": " + input.getValue().asText()));
        }
        step.logEnvironment();
        log.endGroup();
    }

    /** Whether one of them was cancelled. */
    private static boolean runSteps(ActiveStep outer, ActionFile action, StepScope scope) {
        StepBodies bodies = StepBodies.ofAction();
        boolean cancelled = false;
        for (Step step : action.steps()) {
            if (outer.stop().mustEnd()) {
                break;
            }
            StepResult result =
                    new StepExecution(scope, step, bodies.of(step), outer.log(), Optional.of(outer), title -> {}).run();
            cancelled |= result.conclusion() == Conclusion.CANCELLED;
        }
        return cancelled || outer.stop().now().isPresent();
    }

    private static void setOutputs(ActiveStep step, ActionFile action, StepScope scope) throws StepFailedException {
        Evaluation.texts(action.outputs(), scope.contexts(step.own(), Map.of())).forEach(step::output);
    }
}
