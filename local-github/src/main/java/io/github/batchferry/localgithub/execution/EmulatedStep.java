package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.actions.ActionFailedException;
import io.github.batchferry.localgithub.execution.actions.EmulatedAction;
import io.github.batchferry.localgithub.execution.output.FileCommands;
import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.execution.process.StopReason;
import io.github.batchferry.localgithub.execution.process.StoppedException;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.ActionReference;
import io.github.batchferry.localgithub.workflow.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A step that uses one of the actions that are part of the embedded GitHub. */
final class EmulatedStep implements StepBody {
    private final Step.Uses uses;
    private final ActionReference.Published reference;

    EmulatedStep(Step.Uses uses, ActionReference.Published reference) {
        this.uses = uses;
        this.reference = reference;
    }

    @Override
    public Conclusion run(ActiveStep step) throws IOException, StepFailedException {
        EmulatedAction action = step.job()
                .actions()
                .find(reference.name())
                .filter(found -> reference.path().isEmpty())
                .orElseThrow(() ->
                        new StepFailedException("the embedded GitHub does not support the action `" + reference + "`"));
        Map<String, String> given = new LinkedHashMap<>();
        Evaluation.texts(uses.with(), step.contexts())
                .forEach((name, value) -> given.put(name.toLowerCase(Locale.ROOT), value.strip()));
        ActionRun run = new ActionRun(step, given, Map.of());
        new TreeMap<>(action.defaults(run)).forEach(given::putIfAbsent);
        logHeader(step, given);
        if (action.hasPost()) {
            step.job().posts().add(step, () -> post(action, step, given));
        }
        return run(step.log(), () -> action.run(run));
    }

    private void logHeader(ActiveStep step, Map<String, String> inputs) {
        StepLog log = step.log();
        log.group("Run " + reference);
        log.line("with:");
        inputs.forEach((name, value) -> log.line("  " + name + ": " + value));
        step.logEnvironment();
        log.endGroup();
    }

    /** Something that an action does. */
    private interface Work {
        void run() throws IOException, ActionFailedException;
    }

    private static Conclusion run(StepLog log, Work work) throws IOException {
        try {
            work.run();
            return Conclusion.SUCCESS;
        } catch (ActionFailedException e) {
            log.error(e.getMessage());
            return Conclusion.FAILURE;
        }
    }

    private static Conclusion post(EmulatedAction action, ActiveStep main, Map<String, String> inputs) {
        StepLog log = main.job().stepLog();
        try (StepStop stop = new StepStop(main.job().stop(), () -> true, Optional.empty(), Optional.empty())) {
            log.line("Post job cleanup.");
            stop.check();
            ActiveStep step =
                    main.after(FileCommands.create(main.job().folders().commands()), log, stop);
            return run(log, () -> action.post(new ActionRun(step, inputs, main.states())));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            log.error(e.getMessage());
            return Conclusion.FAILURE;
        } catch (StoppedException e) {
            log.error(e.reason() == StopReason.CANCELLED ? "The operation was canceled." : "There was no time left.");
            return Conclusion.CANCELLED;
        }
    }
}
