package io.github.batchferry.localgithub.workflow;

import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Turns the YAML of a workflow into its records. The lists of keys here are the whole of what is supported. */
final class WorkflowReader {
    private static final Set<String> WORKFLOW_KEYS =
            Set.of("name", "run-name", "on", "permissions", "concurrency", "env", "jobs");
    private static final Set<String> INPUT_KEYS = Set.of("description", "type", "default", "required", "options");
    private static final Set<String> JOB_KEYS =
            Set.of("name", "runs-on", "timeout-minutes", "permissions", "env", "steps");
    private static final Set<String> STEP_KEYS =
            Set.of("name", "id", "run", "env", "shell", "working-directory", "timeout-minutes", "continue-on-error");

    private static final Set<String> RUN_CONTEXTS = Set.of("github", "inputs");
    private static final Set<String> ENV_CONTEXTS = Set.of("github", "inputs", "secrets");
    private static final Set<String> STEP_CONTEXTS = Set.of("github", "inputs", "secrets", "env", "runner");

    private static final int MAX_INPUTS = 25;

    private final String path;
    private final String name;
    private final WorkflowProblems problems;

    WorkflowReader(String path, String name, WorkflowProblems problems) {
        this.path = path;
        this.name = name;
        this.problems = problems;
    }

    Workflow read(YamlSection top) {
        top.supportOnly(WORKFLOW_KEYS);
        return new Workflow(
                path,
                name,
                template(top, "run-name", RUN_CONTEXTS),
                inputs(top),
                Optional.empty(),
                permissions(top),
                concurrency(top),
                env(top, ENV_CONTEXTS),
                Workflow.Defaults.NONE,
                job(top));
    }

    private List<InputSpec> inputs(YamlSection top) {
        if (!top.has("on")) {
            problems.add(top.line("on"), "`on` is missing");
            return List.of();
        }
        for (String trigger : WorkflowFile.triggers(top, problems)) {
            if (!trigger.equals("workflow_dispatch")) {
                int line = top.node("on") instanceof MappingNode
                        ? top.section("on").line(trigger)
                        : top.line("on");
                problems.unsupported(line, "the trigger `" + trigger + "`");
            }
        }
        if (!(top.node("on") instanceof MappingNode)) {
            return List.of();
        }
        YamlSection dispatch = top.section("on").section("workflow_dispatch");
        dispatch.supportOnly(Set.of("inputs"));
        YamlSection inputs = dispatch.section("inputs");
        if (inputs.keys().size() > MAX_INPUTS) {
            problems.add(dispatch.line("inputs"), "you may only define up to " + MAX_INPUTS + " inputs");
        }
        return inputs.keys().stream()
                .map(key -> input(key, inputs.section(key), inputs.line(key)))
                .toList();
    }

    private InputSpec input(String key, YamlSection spec, int line) {
        spec.supportOnly(INPUT_KEYS);
        InputSpec.Type type = InputSpec.Type.STRING;
        String written = spec.text("type").orElse("string");
        try {
            type = InputSpec.Type.valueOf(written.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            problems.unsupported(spec.line("type"), "the input type `" + written + "`");
        }
        List<String> options = spec.texts("options");
        if (type == InputSpec.Type.CHOICE && options.isEmpty()) {
            problems.add(line, "the input `" + key + "` is a choice without `options`");
        }
        return new InputSpec(key, type, spec.text("default"), spec.flag("required"), options);
    }

    private Optional<Permissions> permissions(YamlSection section) {
        if (!section.has("permissions")) {
            return Optional.empty();
        }
        int line = section.line("permissions");
        if (!(section.node("permissions") instanceof MappingNode)) {
            String all = section.text("permissions").orElse("");
            if (!all.equals("read-all") && !all.equals("write-all")) {
                problems.add(line, "`permissions` must be read-all, write-all or a mapping of scopes");
            }
            return Optional.of(Permissions.all(all.equals("write-all") ? Access.WRITE : Access.READ));
        }
        YamlSection scopes = section.section("permissions");
        Map<String, Access> granted = new LinkedHashMap<>();
        for (String scope : scopes.keys()) {
            String access = scopes.text(scope).orElse("");
            if (!Permissions.SCOPES.contains(scope)) {
                problems.unsupported(scopes.line(scope), "the permission `" + scope + "`");
            } else if (!Set.of("read", "write", "none").contains(access)) {
                problems.add(scopes.line(scope), "`" + scope + "` must be read, write or none");
            } else {
                granted.put(scope, Access.valueOf(access.toUpperCase(Locale.ROOT)));
            }
        }
        return Optional.of(new Permissions(granted));
    }

    private Optional<Workflow.Concurrency> concurrency(YamlSection top) {
        if (!top.has("concurrency")) {
            return Optional.empty();
        }
        if (!(top.node("concurrency") instanceof MappingNode)) {
            return template(top, "concurrency", RUN_CONTEXTS)
                    .map(group -> new Workflow.Concurrency(group, Template.literal("false"), false));
        }
        YamlSection section = top.section("concurrency");
        section.supportOnly(Set.of("group", "cancel-in-progress"));
        if (!section.has("group")) {
            problems.add(top.line("concurrency"), "`concurrency` lacks a `group`");
        }
        boolean cancel = section.flag("cancel-in-progress");
        return template(section, "group", RUN_CONTEXTS)
                .map(group -> new Workflow.Concurrency(group, Template.literal("" + cancel), false));
    }

    private List<Job> job(YamlSection top) {
        YamlSection jobs = top.section("jobs");
        List<String> ids = List.copyOf(jobs.keys());
        if (ids.isEmpty()) {
            problems.add(top.line("jobs"), "`jobs` must hold a job");
            return List.of();
        }
        if (ids.size() > 1) {
            problems.unsupported(jobs.line(ids.get(1)), "more than one job: `" + ids.get(1) + "`");
        }
        String id = ids.get(0);
        if (!id.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            problems.add(jobs.line(id), "`" + id + "` is not a job id: letters, digits, hyphens and underscores");
        }
        YamlSection job = jobs.section(id);
        job.supportOnly(JOB_KEYS);
        return List.of(new Job(
                id,
                template(job, "name", RUN_CONTEXTS),
                List.of(),
                Optional.empty(),
                permissions(job),
                Optional.empty(),
                Optional.empty(),
                new Job.Steps(
                        new Tree.Items(runsOn(job).stream()
                                .map(Template::literal)
                                .<Tree>map(Tree.Leaf::new)
                                .toList()),
                        Optional.empty(),
                        env(job, ENV_CONTEXTS),
                        Workflow.Defaults.NONE,
                        Map.of(),
                        timeout(job),
                        Optional.empty(),
                        steps(job))));
    }

    private List<String> runsOn(YamlSection job) {
        List<String> labels = job.texts("runs-on");
        int line = job.line("runs-on");
        if (labels.isEmpty()) {
            problems.add(line, "`runs-on` is missing");
        }
        for (String label : labels) {
            if (!label.matches("(?i)self-hosted|linux|x64|arm64|ubuntu-[a-z0-9.-]+")) {
                problems.add(
                        line,
                        "the embedded GitHub does not support `runs-on: " + label
                                + "` yet; it runs ubuntu and self-hosted jobs, on this machine");
            }
        }
        return labels;
    }

    private List<Step> steps(YamlSection job) {
        if (!job.has("steps")
                || !(job.node("steps") instanceof SequenceNode list)
                || list.getValue().isEmpty()) {
            problems.add(job.line("steps"), "`steps` must be a list of at least one step");
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        for (Node node : list.getValue()) {
            steps.add(step(YamlSection.of(node, "a step", problems)));
        }
        return steps;
    }

    private Step step(YamlSection step) {
        step.supportOnly(STEP_KEYS);
        if (!step.has("run") && !step.has("uses")) {
            problems.add(step.line("run"), "the step lacks `run`");
        }
        step.text("shell")
                .filter(shell -> !shell.equals("bash"))
                .ifPresent(shell -> problems.unsupported(step.line("shell"), "`shell: " + shell + "`"));
        return new Step.Run(
                new Step.Settings(
                        step.text("id"),
                        template(step, "name", STEP_CONTEXTS),
                        Optional.empty(),
                        env(step, STEP_CONTEXTS),
                        timeout(step),
                        Optional.of(Template.literal("" + step.flag("continue-on-error")))),
                template(step, "run", STEP_CONTEXTS).orElse(Template.literal("")),
                Optional.empty(),
                template(step, "working-directory", STEP_CONTEXTS));
    }

    private Optional<Template> timeout(YamlSection section) {
        Optional<String> minutes = section.text("timeout-minutes");
        if (minutes.isPresent() && !minutes.get().matches("\\d{1,6}(\\.\\d{1,6})?")) {
            problems.add(
                    section.line("timeout-minutes"),
                    "`timeout-minutes` must be a number; expressions are not supported here");
            return Optional.empty();
        }
        return minutes.map(Template::literal);
    }

    private Map<String, Template> env(YamlSection section, Set<String> contexts) {
        YamlSection variables = section.section("env");
        Map<String, Template> env = new LinkedHashMap<>();
        for (String variable : variables.keys()) {
            if (variable.isEmpty() || variable.indexOf('=') >= 0) {
                problems.add(variables.line(variable), "`" + variable + "` is not a name for a variable");
            }
            template(variables, variable, contexts).ifPresent(value -> env.put(variable, value));
        }
        return env;
    }

    private Optional<Template> template(YamlSection section, String key, Set<String> contexts) {
        return section.text(key).flatMap(text -> {
            try {
                return Optional.of(Template.parse(text, contexts));
            } catch (Template.UnsupportedExpressionException e) {
                problems.add(section.line(key), e.getMessage());
                return Optional.empty();
            }
        });
    }
}
