package io.github.batchferry.localgithub.workflow;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code on}. Of GitHub's triggers, two start something here; the others may stand beside them. */
final class TriggerReader {
    static final String DISPATCH = "workflow_dispatch";
    static final String CALL = "workflow_call";

    private static final Set<String> OTHERS = Set.of(
            "branch_protection_rule",
            "check_run",
            "check_suite",
            "create",
            "delete",
            "deployment",
            "deployment_status",
            "discussion",
            "discussion_comment",
            "fork",
            "gollum",
            "image_version",
            "issue_comment",
            "issues",
            "label",
            "merge_group",
            "milestone",
            "page_build",
            "project",
            "project_card",
            "project_column",
            "public",
            "pull_request",
            "pull_request_comment",
            "pull_request_review",
            "pull_request_review_comment",
            "pull_request_target",
            "push",
            "registry_package",
            "release",
            "repository_dispatch",
            "schedule",
            "status",
            "watch",
            "workflow_run");

    private static final Keys DISPATCH_KEYS = Keys.of("`workflow_dispatch`", "inputs");
    private static final Keys CALL_KEYS = Keys.of("`workflow_call`", "inputs", "secrets", "outputs");
    private static final Keys SECRET_KEYS = Keys.of("a secret", "description", "required");
    private static final Keys OUTPUT_KEYS = Keys.of("an output", "description", "value");

    private final Fields fields;
    private final InputReader inputs;

    TriggerReader(Fields fields) {
        this.fields = fields;
        this.inputs = new InputReader(fields);
    }

    /** Names of the triggers of a file. */
    static Set<String> names(YamlSection top) {
        return top.hasMapping("on") ? top.section("on").keys() : new LinkedHashSet<>(top.texts("on"));
    }

    void check(YamlSection top) {
        if (!top.has("on")) {
            fields.problems().add(top.line("on"), "`on` is missing");
            return;
        }
        Set<String> names = names(top);
        for (String name : names) {
            if (!OTHERS.contains(name) && !name.equals(DISPATCH) && !name.equals(CALL)) {
                int line = top.hasMapping("on") ? top.section("on").line(name) : top.line("on");
                fields.problems().add(line, "unknown trigger `" + name + "`");
            }
        }
        if (!names.contains(DISPATCH) && !names.contains(CALL)) {
            fields.problems()
                    .add(
                            top.line("on"),
                            "`on` lacks `workflow_dispatch` or `workflow_call`, the triggers that the embedded GitHub supports");
        }
    }

    /** The inputs of {@code workflow_dispatch}. */
    List<InputSpec> dispatch(YamlSection top) {
        if (!top.hasMapping("on")) {
            return List.of();
        }
        YamlSection dispatch = top.section("on").sectionIfAny(DISPATCH);
        DISPATCH_KEYS.check(dispatch, fields.problems());
        return inputs.dispatch(dispatch);
    }

    /** What {@code workflow_call} says, if it is there. */
    Optional<Workflow.CallTrigger> call(YamlSection top) {
        if (!names(top).contains(CALL)) {
            return Optional.empty();
        }
        if (!top.hasMapping("on")) {
            return Optional.of(new Workflow.CallTrigger(List.of(), Map.of(), Map.of()));
        }
        YamlSection call = top.section("on").sectionIfAny(CALL);
        CALL_KEYS.check(call, fields.problems());
        return Optional.of(
                new Workflow.CallTrigger(inputs.call(call), secrets(call.sectionIfAny("secrets")), outputs(call)));
    }

    private Map<String, Boolean> secrets(YamlSection section) {
        Map<String, Boolean> secrets = new LinkedHashMap<>();
        for (String name : section.keys()) {
            YamlSection secret = section.sectionIfAny(name);
            SECRET_KEYS.check(secret, fields.problems());
            secrets.put(name, secret.flag("required"));
        }
        return secrets;
    }

    private Map<String, Template> outputs(YamlSection call) {
        YamlSection section = call.sectionIfAny("outputs");
        Map<String, Template> outputs = new LinkedHashMap<>();
        for (String name : section.keys()) {
            YamlSection output = section.section(name);
            OUTPUT_KEYS.check(output, fields.problems());
            if (!output.has("value")) {
                fields.problems().add(section.line(name), "the output `" + name + "` lacks a `value`");
            }
            fields.template(output, "value", Place.CALL_OUTPUT).ifPresent(value -> outputs.put(name, value));
        }
        return outputs;
    }
}
