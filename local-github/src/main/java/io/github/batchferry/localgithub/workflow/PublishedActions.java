package io.github.batchferry.localgithub.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The actions of GitHub that the embedded one does itself, whatever their version, and the inputs that it heeds. */
final class PublishedActions {
    private static final Map<String, Set<String>> INPUTS = Map.of(
            "actions/checkout",
            Set.of(
                    "repository",
                    "ref",
                    "token",
                    "path",
                    "fetch-depth",
                    "fetch-tags",
                    "persist-credentials",
                    "clean",
                    "show-progress",
                    "set-safe-directory"),
            "actions/upload-artifact",
            Set.of(
                    "name",
                    "path",
                    "if-no-files-found",
                    "retention-days",
                    "compression-level",
                    "overwrite",
                    "include-hidden-files"),
            "actions/download-artifact",
            Set.of(
                    "name",
                    "artifact-ids",
                    "path",
                    "pattern",
                    "merge-multiple",
                    "github-token",
                    "repository",
                    "run-id"));

    /** Inputs that ask for nothing if they have this value. */
    private static final Map<String, String> IDLE = Map.of("submodules", "false", "lfs", "false");

    private PublishedActions() {}

    /**
     * The inputs of an action by their names in lower case; reports an action that is not there, and inputs that would
     * not be heeded.
     */
    static Map<String, Template> heeded(
            ActionReference.Published action, YamlSection step, Map<String, Template> with, WorkflowProblems problems) {
        Set<String> inputs = INPUTS.get(action.name().toLowerCase(Locale.ROOT));
        if (inputs == null || !action.path().isEmpty()) {
            List<String> known = INPUTS.keySet().stream().sorted().toList();
            problems.add(
                    step.line("uses"),
                    "the embedded GitHub does not support the action `" + action + "` yet; it does "
                            + String.join(", ", known) + " itself, and runs composite actions of the workspace");
            return with;
        }
        Map<String, Template> heeded = new LinkedHashMap<>();
        with.forEach((written, value) -> {
            String name = written.toLowerCase(Locale.ROOT);
            if (inputs.contains(name)) {
                heeded.put(name, value);
            } else if (!(value.isLiteral() && value.toString().equals(IDLE.get(name)))) {
                problems.unsupported(
                        step.section("with").line(written), "the input `" + written + "` of " + action.name());
            }
        });
        return heeded;
    }
}
