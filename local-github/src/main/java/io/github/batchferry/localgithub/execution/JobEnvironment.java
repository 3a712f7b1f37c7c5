package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import io.github.batchferry.localgithub.workflow.Template;
import java.io.File;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a job's steps and the contexts of its expressions. What is declared nearer to the step wins; the
 * variables {@code GITHUB_*} and {@code RUNNER_*} that GitHub itself sets cannot be replaced. Not thread-safe.
 */
final class JobEnvironment {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(360);

    private final Map<String, String> host;
    private final Map<String, String> facts;
    private final Map<String, JsonNode> contexts = new LinkedHashMap<>();

    // Mutable state
    private final Map<String, String> declared = new LinkedHashMap<>();
    private final List<String> searchFirst = new ArrayList<>();

    /**
     * @param host what steps get of this machine
     * @param facts what GitHub tells about the run and the job
     * @param event the run's event
     * @param secrets name to value, the job's token among them
     * @param decided contexts that were known before the job
     */
    JobEnvironment(
            HostEnvironment host,
            Map<String, String> facts,
            JsonNode event,
            Map<String, String> secrets,
            Map<String, JsonNode> decided) {
        this.host = host.variables();
        this.facts = Map.copyOf(facts);
        ObjectNode github = RunFacts.context(facts, event);
        github.put("token", secrets.get("GITHUB_TOKEN"));
        contexts.put("github", github);
        contexts.putAll(decided);
        contexts.put("secrets", Json.MAPPER.valueToTree(secrets));
        contexts.put("runner", runner(facts));
    }

    private static ObjectNode runner(Map<String, String> facts) {
        ObjectNode runner = Json.object();
        facts.forEach((name, value) -> {
            if (name.startsWith("RUNNER_")) {
                runner.put(name.substring("RUNNER_".length()).toLowerCase(Locale.ROOT), value);
            }
        });
        return runner;
    }

    /** Declares the variables of the workflow and of the job. */
    void declare(JobTask task) {
        Map<String, String> ofWorkflow = evaluate(task.workflow().env(), contexts(Map.of()));
        Map<String, String> ofJob = evaluate(task.steps().env(), contexts(Map.of()));
        declared.putAll(ofWorkflow);
        declared.putAll(ofJob);
    }

    /** Time that the job may take. */
    Duration timeout(JobTask task) {
        return minutes(task.steps().timeoutMinutes(), contexts(Map.of())).orElse(DEFAULT_TIMEOUT);
    }

    /** A time given in minutes, with parts of them. */
    Optional<Duration> minutes(Optional<Template> minutes, Contexts visible) {
        return minutes.map(template -> new BigDecimal(template.evaluate(visible).strip()))
                .map(number -> Duration.ofMillis(
                        number.multiply(BigDecimal.valueOf(60_000)).longValue()));
    }

    /** Takes over what a step wrote for the steps after it. */
    void learn(Map<String, String> variables, List<String> folders) {
        declared.putAll(variables);
        folders.forEach(folder -> searchFirst.add(0, folder));
    }

    /** The variables of a step's own {@code env}. */
    Map<String, String> ownOf(Step step) {
        return evaluate(step.settings().env(), contexts(declared));
    }

    /** What expressions of a step see. */
    Contexts contextsOf(Map<String, String> own) {
        Map<String, String> env = new LinkedHashMap<>(declared);
        env.putAll(own);
        return contexts(env);
    }

    /** What is declared for a step, for its log: the job's variables and its own. */
    Map<String, String> declaredFor(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(declared);
        all.putAll(own);
        return all;
    }

    /** The whole environment of a step. */
    Map<String, String> all(Map<String, String> own, FileCommands files) {
        Map<String, String> all = new LinkedHashMap<>(host);
        all.put("CI", "true");
        all.putAll(declaredFor(own));
        all.putAll(facts);
        all.putAll(files.variables());
        List<String> path = new ArrayList<>(searchFirst);
        path.add(all.get("PATH"));
        all.put("PATH", String.join(File.pathSeparator, path));
        return all;
    }

    private Contexts contexts(Map<String, String> env) {
        Map<String, JsonNode> all = new LinkedHashMap<>(contexts);
        all.put("env", Json.MAPPER.valueToTree(env));
        return new Contexts(all);
    }

    private static Map<String, String> evaluate(Map<String, Template> templates, Contexts contexts) {
        Map<String, String> values = new LinkedHashMap<>();
        templates.forEach((name, template) -> values.put(name, template.evaluate(contexts)));
        return values;
    }
}
