package io.github.batchferry.localgithub.workflow;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow that can be dispatched, with its one job.
 *
 * @param path of the file in its repository
 * @param name for people; the path where the file has none
 * @param runName name of its runs; empty for the workflow's name
 * @param inputs in the order of the file
 * @param permissions of the job's token, unless the job has its own; empty for the default, read and write
 * @param concurrency the group whose runs wait for each other
 * @param env variables of every step
 * @param job the job
 */
public record Workflow(
        String path,
        String name,
        Optional<Template> runName,
        List<InputSpec> inputs,
        Optional<Permissions> permissions,
        Optional<Concurrency> concurrency,
        Map<String, Template> env,
        Job job) {
    /**
     * Runs of one group never run at the same time.
     *
     * @param group its name
     * @param cancelInProgress whether a new run stops the one that is running
     */
    public record Concurrency(Template group, boolean cancelInProgress) {}

    /**
     * The job of a workflow.
     *
     * @param id its key in the file
     * @param name for people; empty for the id
     * @param runsOn the labels of {@code runs-on}
     * @param timeout after which it is stopped
     * @param permissions of its token; empty for the workflow's
     * @param env variables of every step
     * @param steps at least one
     */
    public record Job(
            String id,
            Optional<Template> name,
            List<String> runsOn,
            Duration timeout,
            Optional<Permissions> permissions,
            Map<String, Template> env,
            List<Step> steps) {
        public Job {
            runsOn = List.copyOf(runsOn);
            env = ordered(env);
            steps = List.copyOf(steps);
        }
    }

    /**
     * A step: a script for bash.
     *
     * @param name for people; empty for the script's first line
     * @param run the script
     * @param env its own variables
     * @param workingDirectory where it runs, relative to the workspace; empty for the workspace
     * @param timeout after which it is stopped; empty for the job's
     * @param continueOnError whether the job goes on, and may succeed, when it fails
     */
    public record Step(
            Optional<Template> name,
            Template run,
            Map<String, Template> env,
            Optional<Template> workingDirectory,
            Optional<Duration> timeout,
            boolean continueOnError) {
        public Step {
            env = ordered(env);
        }
    }

    public Workflow {
        inputs = List.copyOf(inputs);
        env = ordered(env);
    }

    /** What the job's token may do: as the job says, else the workflow, else everything. */
    public Permissions tokenPermissions() {
        return job.permissions().or(() -> permissions).orElse(Permissions.all(Permissions.Access.WRITE));
    }

    private static Map<String, Template> ordered(Map<String, Template> env) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
}
