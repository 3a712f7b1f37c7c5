package io.github.batchferry.localgithub.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The variables of a job's steps and the contexts that all its expressions see. What is declared nearer to the step wins;
 * the variables {@code GITHUB_*} and {@code RUNNER_*} that GitHub itself sets cannot be replaced. Thread-safe.
 */
final class JobEnvironment {
    private final Map<String, String> host;
    private final Map<String, String> facts;
    private final Map<String, JsonNode> contexts;

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
        Map<String, JsonNode> all = new LinkedHashMap<>(decided);
        all.put("github", github);
        all.put("secrets", Json.MAPPER.valueToTree(secrets));
        all.put("runner", runner(facts));
        this.contexts = Map.copyOf(all);
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

    /** What every expression of the job sees. */
    Map<String, JsonNode> contexts() {
        return contexts;
    }

    /** What GitHub tells about the run and the job, as a variable; empty if there is no such fact. */
    String fact(String variable) {
        return facts.getOrDefault(variable, "");
    }

    /** The token of the job. */
    String token() {
        return contexts.get("github").path("token").asText();
    }

    /** Declares variables for all steps. */
    synchronized void declare(Map<String, String> variables) {
        declared.putAll(variables);
    }

    /** Takes over what a step wrote for the steps after it. */
    synchronized void learn(Map<String, String> variables, List<String> folders) {
        declared.putAll(variables);
        folders.forEach(folder -> searchFirst.add(0, folder));
    }

    /** What is declared for all steps so far. */
    synchronized Map<String, String> declared() {
        return new LinkedHashMap<>(declared);
    }

    /**
     * The whole environment of a process.
     *
     * @param own variables of its step
     * @param stepFacts what GitHub tells about the step
     */
    synchronized Map<String, String> ofProcess(Map<String, String> own, Map<String, String> stepFacts) {
        Map<String, String> all = new LinkedHashMap<>(host);
        all.put("CI", "true");
        all.putAll(declared);
        all.putAll(own);
        all.putAll(facts);
        all.putAll(stepFacts);
        List<String> path = new ArrayList<>(searchFirst);
        path.add(all.get("PATH"));
        all.put("PATH", String.join(File.pathSeparator, path));
        return all;
    }
}
