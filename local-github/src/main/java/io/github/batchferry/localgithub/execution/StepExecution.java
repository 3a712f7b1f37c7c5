package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.FileCommands;
import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.execution.process.StopReason;
import io.github.batchferry.localgithub.execution.process.StoppedException;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.Condition;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one step: its variables, its condition, what it does, and how its end counts. */
final class StepExecution {
    private static final String CANNOT_START = "An error occurred trying to start the step: ";

    private final StepScope scope;
    private final Step step;
    private final StepBody body;
    private final StepLog log;
    private final Optional<ActiveStep> outer;
    private final Consumer<String> begun;

    /**
     * @param outer step whose action it belongs to
     * @param begun told its name for people once it is to run
     */
    StepExecution(
            StepScope scope,
            Step step,
            StepBody body,
            StepLog log,
            Optional<ActiveStep> outer,
            Consumer<String> begun) {
        this.scope = scope;
        this.step = step;
        this.body = body;
        this.log = log;
        this.outer = outer;
        this.begun = begun;
    }

    /** Runs the step to its end, and tells its scope how it went. */
    StepResult run() {
        StepResult result;
        try {
            result = tryRun();
        } catch (StepFailedException e) {
            log.error(e.getMessage());
            result = new StepResult(Conclusion.FAILURE, Conclusion.FAILURE, Map.of());
        } catch (IOException e) {
            log.error(CANNOT_START + e.getMessage());
            result = new StepResult(Conclusion.FAILURE, Conclusion.FAILURE, Map.of());
        }
        scope.ended(step, result);
        return result;
    }

    private StepResult tryRun() throws IOException, StepFailedException {
        FileCommands files = FileCommands.create(scope.job().folders().commands());
        Map<String, String> facts = facts(files);
        Map<String, String> own = scope.withOuter(
                Evaluation.texts(step.settings().env(), scope.contexts(scope.withOuter(Map.of()), facts)));
        Contexts contexts = scope.contexts(own, facts);
        String title = StepNames.foretold(step, contexts);
        log.debug("Evaluating condition for step: '" + title + "'");
        if (!isWanted(contexts)) {
            log.debug("Skipping step due to condition evaluation.");
            return StepResult.skipped();
        }
        log.debug("Starting: " + title);
        begun.accept(scope.job().mask().apply(title));
        Optional<Duration> minutes;
        try {
            minutes = minutes(contexts);
        } catch (StepFailedException e) {
            log.error(e.getMessage());
            return counted(Conclusion.FAILURE, contexts, Map.of());
        }
        try (StepStop stop = new StepStop(
                scope.job().stop(),
                () -> isStillWanted(own, facts),
                minutes.map(scope.job().settings()::scaled),
                outer.map(ActiveStep::stop))) {
            ActiveStep active = new ActiveStep(scope, step, log, outer, files, facts, own, title, stop);
            Conclusion outcome = outcome(active, minutes);
            return counted(outcome, active.contexts(), active.outputs());
        }
    }

    private Map<String, String> facts(FileCommands files) {
        Map<String, String> facts = new LinkedHashMap<>(files.variables());
        facts.put("GITHUB_ACTION", scope.nameOf(step));
        facts.put("GITHUB_ACTION_REPOSITORY", "");
        facts.put("GITHUB_ACTION_REF", "");
        scope.action()
                .ifPresent(
                        frame -> facts.put("GITHUB_ACTION_PATH", frame.folder().toString()));
        return facts;
    }

    private boolean isWanted(Contexts contexts) throws StepFailedException {
        Optional<Condition> condition = step.settings().condition();
        return condition.isEmpty() ? scope.status() == Conclusion.SUCCESS : Evaluation.truth(condition.get(), contexts);
    }

    /** Asked when the job has to stop while the step runs. */
    private boolean isStillWanted(Map<String, String> own, Map<String, String> facts) {
        try {
            return isWanted(scope.contexts(own, facts));
        } catch (StepFailedException e) {
            return false;
        }
    }

    private Optional<Duration> minutes(Contexts contexts) throws StepFailedException {
        return step.settings().timeoutMinutes().isEmpty()
                ? Optional.empty()
                : Evaluation.minutes(
                        "timeout-minutes", step.settings().timeoutMinutes().get(), contexts);
    }

    private Conclusion outcome(ActiveStep active, Optional<Duration> minutes) {
        try {
            active.stop().check();
            Conclusion outcome = body.run(active);
            return active.hasFailed() && outcome == Conclusion.SUCCESS ? Conclusion.FAILURE : outcome;
        } catch (StepFailedException e) {
            log.error(e.getMessage());
            return Conclusion.FAILURE;
        } catch (IOException | IllegalArgumentException e) {
            log.error(CANNOT_START + e.getMessage()); // such as a variable that the system cannot hold
            return Conclusion.FAILURE;
        } catch (StoppedException e) {
            return stopped(active, e.reason(), minutes);
        }
    }

    private Conclusion stopped(ActiveStep active, StopReason reason, Optional<Duration> minutes) {
        if (reason != StopReason.STEP_TIMED_OUT) {
            log.error(
                    reason == StopReason.CANCELLED
                            ? "The operation was canceled."
                            : "The job has exceeded its maximum execution time.");
            return Conclusion.CANCELLED;
        }
        if (active.stop().timedOut()) {
            log.error("The action '" + active.title() + "' has timed out after "
                    + Math.max(1, minutes.orElse(Duration.ZERO).toMinutes()) + " minutes.");
        }
        return Conclusion.FAILURE;
    }

    private StepResult counted(Conclusion outcome, Contexts contexts, Map<String, String> outputs) {
        boolean continues = outcome == Conclusion.FAILURE && continuesOnError(contexts);
        return new StepResult(outcome, continues ? Conclusion.SUCCESS : outcome, outputs);
    }

    private boolean continuesOnError(Contexts contexts) {
        try {
            return step.settings().continueOnError().isPresent()
                    && Evaluation.flag(
                            "continue-on-error",
                            step.settings().continueOnError().get(),
                            contexts);
        } catch (StepFailedException e) {
            log.error(e.getMessage());
            return false;
        }
    }
}
