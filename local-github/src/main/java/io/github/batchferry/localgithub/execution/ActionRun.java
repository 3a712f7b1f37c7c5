package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.artifacts.ArtifactOrigin;
import io.github.batchferry.localgithub.execution.actions.ActionStep;
import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.store.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an emulated action is given of its step. */
final class ActionRun implements ActionStep {
    private final ActiveStep step;
    private final Map<String, String> inputs;
    private final Map<String, String> state;

    /**
     * @param inputs by their names in lower case; others may be added until the action runs
     * @param state what an earlier part of the action kept
     */
    ActionRun(ActiveStep step, Map<String, String> inputs, Map<String, String> state) {
        this.step = step;
        this.inputs = inputs;
        this.state = state;
    }

    @Override
    public String input(String name) {
        return inputs.getOrDefault(name, "");
    }

    @Override
    public String fact(String variable) {
        return step.job().environment().fact(variable);
    }

    @Override
    public String token() {
        return step.job().environment().token();
    }

    @Override
    public Path workspace() {
        return step.job().folders().workspace();
    }

    @Override
    public Path temp() {
        return step.job().folders().temp();
    }

    @Override
    public Path home() {
        return step.job().home();
    }

    @Override
    public ArtifactOrigin origin() {
        RunRecord run = step.job().task().run();
        return new ArtifactOrigin(
                run.repositoryName(),
                run.id(),
                step.job().task().jobId(),
                run.latest().number(),
                run.refName(),
                run.sha());
    }

    @Override
    public StepLog log() {
        return step.log();
    }

    @Override
    public void output(String name, String value) {
        step.output(name, value);
    }

    @Override
    public void keep(String name, String value) {
        step.state(name, value);
    }

    @Override
    public String state(String name) {
        return state.getOrDefault(name, "");
    }

    @Override
    public void mask(String value) {
        step.mask(value);
    }

    @Override
    public String searchPath() {
        return step.environment().get("PATH");
    }

    @Override
    public int script(String text, Map<String, String> variables) throws IOException {
        Path file = temp().resolve(UUID.randomUUID() + ".sh");
        Files.writeString(file, text);
        List<String> command = new ArrayList<>(List.of(
                step.job().settings().bash().executable().toString(), "--noprofile", "--norc", "-e", "-o", "pipefail"));
        command.add(file.toString());
        Map<String, String> environment = new LinkedHashMap<>(step.environment());
        environment.putAll(variables);
        return new StepCommand(step).run(command, environment, workspace());
    }

    @Override
    public void check() {
        step.stop().check();
    }
}
