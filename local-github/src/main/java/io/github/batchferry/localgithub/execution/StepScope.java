package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.execution.glob.HashFiles;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Steps that know each other by their ids: those of a job, or those of a composite action. Used by the job's thread only.
 */
final class StepScope {
    private static final String GENERATED = "__";
    private static final String FOLLOW_LINKS = "--follow-symbolic-links";

    private final RunningJob job;
    private final Optional<ActionFrame> action;
    private final StepsStatus status;

    // Mutable state
    private final Map<String, StepResult> results = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    /** @param action empty for the steps of the job itself */
    StepScope(RunningJob job, Optional<ActionFrame> action, StepsStatus status) {
        this.job = job;
        this.action = action;
        this.status = status;
    }

    RunningJob job() {
        return job;
    }

    Optional<ActionFrame> action() {
        return action;
    }

    /** How its steps went so far. */
    Conclusion status() {
        return status.now();
    }

    /** Takes a step's result in. */
    void ended(Step step, StepResult result) {
        if (result.conclusion() == Conclusion.FAILURE) {
            status.fail();
        }
        step.settings().id().ifPresent(id -> results.put(id, result));
    }

    /** The name by which {@code GITHUB_ACTION} knows a step: its id, or one made of what it does. */
    String nameOf(Step step) {
        String wanted = step.settings()
                .id()
                .orElseGet(() -> GENERATED + (step instanceof Step.Uses uses ? plain(uses) : "run"));
        String name = wanted;
        for (int count = 2; !names.add(name); count++) {
            name = wanted + "_" + count;
        }
        return name;
    }

    private static String plain(Step.Uses uses) {
        String action = uses.action().toString();
        return action.startsWith("./") ? "self" : action.replaceFirst("@.*", "").replaceAll("[^A-Za-z0-9_-]", "_");
    }

    /** The variables of the steps around, and of a step's own {@code env}; the nearer win. */
    Map<String, String> withOuter(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>();
        action.ifPresent(frame -> all.putAll(frame.env()));
        all.putAll(own);
        return all;
    }

    /**
     * What expressions see.
     *
     * @param own variables of the step and of the steps around it
     * @param stepFacts what GitHub tells about the step, as variables {@code GITHUB_*}
     */
    Contexts contexts(Map<String, String> own, Map<String, String> stepFacts) {
        Map<String, String> env = job.environment().declared();
        env.putAll(own);
        Map<String, JsonNode> all = new LinkedHashMap<>(job.environment().contexts());
        all.put("env", Json.MAPPER.valueToTree(env));
        all.put(
                "job",
                Json.object()
                        .put("status", job.status().now().word())
                        .put("check_run_id", job.task().jobId())
                        .put("workflow_ref", job.task().workflowRef())
                        .put("workflow_sha", job.task().workflowSha()));
        all.put("steps", steps());
        all.put("github", github((ObjectNode) all.get("github"), stepFacts));
        action.ifPresent(frame -> {
            all.put("inputs", frame.inputs());
            all.keySet().removeAll(Set.of("secrets", "needs", "vars"));
        });
        return new Contexts(all, this::call);
    }

    private ObjectNode steps() {
        ObjectNode steps = Json.object();
        results.forEach((id, result) -> steps.set(id, result.context()));
        return steps;
    }

    private ObjectNode github(ObjectNode ofJob, Map<String, String> stepFacts) {
        ObjectNode github = Json.object();
        github.setAll(ofJob);
        stepFacts.forEach(
                (name, value) -> github.put(name.replaceFirst("^GITHUB_", "").toLowerCase(Locale.ROOT), value));
        action.ifPresent(frame -> github.put("action_status", status().word()));
        return github;
    }

    private JsonNode call(String function, List<JsonNode> arguments) {
        return switch (function.toLowerCase(Locale.ROOT)) {
            case "success" -> BooleanNode.valueOf(status() == Conclusion.SUCCESS);
            case "failure" -> BooleanNode.valueOf(status() == Conclusion.FAILURE);
            case "cancelled" -> BooleanNode.valueOf(status() == Conclusion.CANCELLED);
            case "always" -> BooleanNode.TRUE;
            case "hashfiles" -> TextNode.valueOf(hashFiles(arguments));
            default -> throw new IllegalArgumentException("the function `" + function + "` is not available here");
        };
    }

    private String hashFiles(List<JsonNode> arguments) {
        List<String> patterns = arguments.stream().map(Values::text).toList();
        boolean followLinks = patterns.get(0).equals(FOLLOW_LINKS);
        try {
            return HashFiles.of(
                    patterns.subList(followLinks ? 1 : 0, patterns.size()),
                    job.folders().workspace(),
                    job.home(),
                    followLinks);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "hashFiles('" + String.join("', '", patterns) + "') failed. " + e.getMessage(), e);
        }
    }
}
