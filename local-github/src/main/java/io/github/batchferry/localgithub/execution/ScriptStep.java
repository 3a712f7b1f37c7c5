package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import io.github.batchferry.localgithub.workflow.Template;
import io.github.batchferry.localgithub.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A {@code run} step: a script in a shell. */
final class ScriptStep implements StepBody {
    private final Step.Run run;
    private final Workflow.Defaults defaults;

    /** @param defaults of its job and workflow */
    ScriptStep(Step.Run run, Workflow.Defaults defaults) {
        this.run = run;
        this.defaults = defaults;
    }

    @Override
    public Conclusion run(ActiveStep step) throws IOException, StepFailedException {
        Contexts contexts = step.contexts();
        String script = Evaluation.text(run.script(), contexts);
        Optional<String> written = evaluated(run.shell().or(defaults::shell), contexts);
        Shell shell = written.isPresent() ? Shell.of(written.get()) : Shell.UNSPECIFIED;
        Map<String, String> environment = step.environment();
        Path program = shell.find(environment.get("PATH"), step.job().settings().bash());
        logHeader(step, script, program + " " + shell.arguments());
        Path directory = directory(step, contexts);
        Path file = step.job().folders().temp().resolve(UUID.randomUUID() + shell.extension());
        Files.writeString(file, script.endsWith("\n") ? script : script + "\n");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(shell.arguments(file));
        int exit = new StepCommand(step).run(command, environment, directory);
        if (exit != 0) {
            step.log().error("Process completed with exit code " + exit + ".");
        }
        return exit == 0 ? Conclusion.SUCCESS : Conclusion.FAILURE;
    }

    private static Optional<String> evaluated(Optional<Template> template, Contexts contexts)
            throws StepFailedException {
        return template.isEmpty()
                ? Optional.empty()
                : Optional.of(Evaluation.text(template.get(), contexts)).filter(text -> !text.isBlank());
    }

    private static void logHeader(ActiveStep step, String script, String shell) {
        StepLog log = step.log();
        log.group("Run " + script.strip().lines().findFirst().orElse(""));
        log.line(script);
        log.line("shell: " + shell);
        step.logEnvironment();
        log.endGroup();
    }

    private Path directory(ActiveStep step, Contexts contexts) throws IOException, StepFailedException {
        Path workspace = step.job().folders().workspace();
        Optional<String> relative = evaluated(run.workingDirectory().or(defaults::workingDirectory), contexts);
        Path directory = relative.map(workspace::resolve).orElse(workspace);
        if (!Files.isDirectory(directory)) {
            throw new IOException("no working directory `" + directory + "`");
        }
        return directory;
    }
}
