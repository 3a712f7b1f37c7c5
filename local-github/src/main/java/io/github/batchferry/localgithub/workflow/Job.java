package io.github.batchferry.localgithub.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job of a workflow.
 *
 * @param id its key in the file
 * @param name for people; empty for the id, with the matrix values behind
 * @param needs ids of the jobs that must be over before it
 * @param condition whether it runs; empty for {@code success()}
 * @param permissions of its token; empty for the workflow's
 * @param concurrency the group whose jobs wait for each other
 * @param strategy makes several of it
 * @param body what it does
 */
public record Job(
        String id,
        Optional<Template> name,
        List<String> needs,
        Optional<Condition> condition,
        Optional<Permissions> permissions,
        Optional<Workflow.Concurrency> concurrency,
        Optional<Strategy> strategy,
        Body body) {
    /** What a job does. */
    public sealed interface Body {}

    /**
     * Runs steps on a runner.
     *
     * @param runsOn labels: a text, a list of texts, or an expression that gives one of them
     * @param environment where it deploys to
     * @param env variables of every step
     * @param defaults of its {@code run} steps
     * @param outputs what it hands to the jobs that need it
     * @param timeoutMinutes after which it is stopped; empty for 360
     * @param continueOnError whether the run may succeed when it fails; empty for false
     * @param steps in their order; none is possible
     */
    public record Steps(
            Tree runsOn,
            Optional<Environment> environment,
            Map<String, Template> env,
            Workflow.Defaults defaults,
            Map<String, Template> outputs,
            Optional<Template> timeoutMinutes,
            Optional<Template> continueOnError,
            List<Step> steps)
            implements Body {
        public Steps {
            env = Workflow.ordered(env);
            outputs = Workflow.ordered(outputs);
            steps = List.copyOf(steps);
        }
    }

    /**
     * Calls another workflow, whose jobs take this one's place.
     *
     * @param workflow the file
     * @param with values for its inputs
     * @param inheritSecrets whether it gets all secrets of the caller
     * @param secrets name to value, when they are given one by one
     */
    public record Call(
            WorkflowReference workflow,
            Map<String, Template> with,
            boolean inheritSecrets,
            Map<String, Template> secrets)
            implements Body {
        public Call {
            with = Workflow.ordered(with);
            secrets = Workflow.ordered(secrets);
        }
    }

    /**
     * Where a job deploys to.
     *
     * @param name of the environment; nothing means none
     * @param url shown for people
     */
    public record Environment(Template name, Optional<Template> url) {}

    /**
     * Makes several jobs of one.
     *
     * @param matrix an object: names to lists of values, {@code include}, {@code exclude}; or an expression that gives one
     * @param failFast whether the others are cancelled when one fails; empty for true
     * @param maxParallel how many run at the same time; empty for no limit
     */
    public record Strategy(Optional<Tree> matrix, Optional<Template> failFast, Optional<Template> maxParallel) {}

    public Job {
        needs = List.copyOf(needs);
    }

    /** What its token may do: as it says itself, else its workflow, else what is usual. */
    public Permissions tokenPermissions(Workflow workflow) {
        return permissions.or(workflow::permissions).orElseGet(Permissions::usual);
    }
}
