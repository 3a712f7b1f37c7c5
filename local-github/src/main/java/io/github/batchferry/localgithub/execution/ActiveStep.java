package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.FileCommands;
import io.github.batchferry.localgithub.execution.output.StepEffects;
import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step while it runs: what it sees, what it says and what it leaves. What it leaves may come on any thread. */
final class ActiveStep implements StepEffects {
    private final StepScope scope;
    private final Step step;
    private final StepLog log;
    private final Optional<ActiveStep> outer;
    private final FileCommands files;
    private final Map<String, String> facts;
    private final Map<String, String> own;
    private final String title;
    private final StepStop stop;

    // Mutable state
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final Map<String, String> state = new LinkedHashMap<>();
    private boolean failed;

    /**
     * @param outer step whose action it belongs to
     * @param facts what GitHub tells about it, as variables {@code GITHUB_*}
     * @param own its variables and those of the steps around it
     * @param title its name for people
     */
    ActiveStep(
            StepScope scope,
            Step step,
            StepLog log,
            Optional<ActiveStep> outer,
            FileCommands files,
            Map<String, String> facts,
            Map<String, String> own,
            String title,
            StepStop stop) {
        this.scope = scope;
        this.step = step;
        this.log = log;
        this.outer = outer;
        this.files = files;
        this.facts = Map.copyOf(facts);
        this.own = own;
        this.title = title;
        this.stop = stop;
    }

    /** The same step after the job, with files of its own. */
    ActiveStep after(FileCommands otherFiles, StepLog otherLog, StepStop otherStop) {
        Map<String, String> otherFacts = new LinkedHashMap<>(facts);
        otherFacts.putAll(otherFiles.variables());
        return new ActiveStep(scope, step, otherLog, outer, otherFiles, otherFacts, own, title, otherStop);
    }

    RunningJob job() {
        return scope.job();
    }

    StepScope scope() {
        return scope;
    }

    Step step() {
        return step;
    }

    StepLog log() {
        return log;
    }

    StepStop stop() {
        return stop;
    }

    FileCommands files() {
        return files;
    }

    String title() {
        return title;
    }

    /** The step of the job that it is, or belongs to. */
    ActiveStep outermost() {
        return outer.map(ActiveStep::outermost).orElse(this);
    }

    /** Its variables and those of the steps around it. */
    Map<String, String> own() {
        return own;
    }

    /** What its expressions see. */
    Contexts contexts() {
        return scope.contexts(own, facts);
    }

    /** The whole environment of its processes. */
    Map<String, String> environment() {
        return job().environment().ofProcess(own, facts);
    }

    /** Writes the variables that are declared for it to the log. */
    void logEnvironment() {
        Map<String, String> env = job().environment().declared();
        env.putAll(own);
        if (!env.isEmpty()) {
            log.line("env:");
            env.forEach((variable, value) -> log.line("  " + variable + ": " + value));
        }
    }

    @Override
    public synchronized void output(String name, String value) {
        outputs.put(name, value);
    }

    @Override
    public synchronized void state(String name, String value) {
        state.put(name, value);
    }

    @Override
    public void learn(Map<String, String> variables, List<String> folders) {
        job().environment().learn(variables, folders);
    }

    @Override
    public void mask(String value) {
        job().mask().add(value);
    }

    @Override
    public synchronized void fail() {
        failed = true;
    }

    synchronized boolean hasFailed() {
        return failed;
    }

    synchronized Map<String, String> outputs() {
        return new LinkedHashMap<>(outputs);
    }

    synchronized Map<String, String> states() {
        return new LinkedHashMap<>(state);
    }
}
