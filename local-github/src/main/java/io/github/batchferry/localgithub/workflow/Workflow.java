package io.github.batchferry.localgithub.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow that can be dispatched or called.
 *
 * @param path of the file in its repository
 * @param name for people; the path where the file has none
 * @param runName name of its runs; empty for the workflow's name
 * @param inputs of {@code workflow_dispatch}, in the order of the file
 * @param call how other workflows call it; empty if they cannot
 * @param permissions of the jobs' tokens, unless a job has its own; empty for what is usual
 * @param concurrency the group whose runs wait for each other
 * @param env variables of every step
 * @param defaults of every {@code run} step
 * @param jobs at least one, in the order of the file
 */
public record Workflow(
        String path,
        String name,
        Optional<Template> runName,
        List<InputSpec> inputs,
        Optional<CallTrigger> call,
        Optional<Permissions> permissions,
        Optional<Concurrency> concurrency,
        Map<String, Template> env,
        Defaults defaults,
        List<Job> jobs) {
    /**
     * What a workflow takes and gives when another one calls it.
     *
     * @param inputs in the order of the file
     * @param secrets name to whether it is required
     * @param outputs name to value, from the context {@code jobs}
     */
    public record CallTrigger(List<CallInput> inputs, Map<String, Boolean> secrets, Map<String, Template> outputs) {
        public CallTrigger {
            inputs = List.copyOf(inputs);
            secrets = ordered(secrets);
            outputs = ordered(outputs);
        }
    }

    /**
     * Runs or jobs of one group never run at the same time.
     *
     * @param group its name
     * @param cancelInProgress whether a new one stops the one that is running
     * @param queueMax whether all that wait are kept ({@code queue: max}), not only the newest
     */
    public record Concurrency(Template group, Template cancelInProgress, boolean queueMax) {}

    /**
     * What {@code run} steps have unless they say otherwise.
     *
     * @param shell how scripts are run
     * @param workingDirectory where, relative to the workspace
     */
    public record Defaults(Optional<Template> shell, Optional<Template> workingDirectory) {
        /** Nothing. */
        public static final Defaults NONE = new Defaults(Optional.empty(), Optional.empty());

        /** These, and what they leave open from others. */
        public Defaults over(Defaults others) {
            return new Defaults(shell.or(others::shell), workingDirectory.or(others::workingDirectory));
        }
    }

    public Workflow {
        inputs = List.copyOf(inputs);
        env = ordered(env);
        jobs = List.copyOf(jobs);
    }

    /** The same where tokens may only read, unless the workflow or a job says what they may. */
    public Workflow onlyReading() {
        Optional<Permissions> least = Optional.of(permissions.orElseGet(Permissions::restricted));
        return new Workflow(path, name, runName, inputs, call, least, concurrency, env, defaults, jobs);
    }

    /** A job by its id. */
    public Optional<Job> job(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
