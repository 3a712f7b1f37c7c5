package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the steps of a job or of a composite action. */
final class StepsReader {
    private final Fields fields;
    private final WorkflowProblems problems;
    private final StepRules rules;
    private final Shells shells;

    StepsReader(Fields fields, StepRules rules) {
        this.fields = fields;
        this.problems = fields.problems();
        this.rules = rules;
        this.shells = new Shells(fields);
    }

    /** Reads the steps, of which there may be none, as on GitHub. */
    List<Step> read(YamlSection owner) {
        if (!owner.has("steps")) {
            return List.of();
        }
        if (!(owner.node("steps") instanceof SequenceNode list)) {
            problems.add(owner.line("steps"), "`steps` must be a list");
            return List.of();
        }
        Identifiers identifiers = new Identifiers(problems);
        List<Step> steps = new ArrayList<>();
        for (Node node : list.getValue()) {
            YamlSection step = YamlSection.of(node, "a step", problems);
            step.plain("id").ifPresent(id -> identifiers.use(id, step.line("id")));
            step(step, YamlSection.lineOf(node)).ifPresent(steps::add);
        }
        return steps;
    }

    private Optional<Step> step(YamlSection step, int line) {
        boolean runs = step.has("run");
        boolean uses = step.has("uses");
        if (runs && uses) {
            problems.add(line, "the step has both `run` and `uses`; make two steps of it");
            return Optional.empty();
        }
        if (!runs && !uses) {
            problems.add(line, "the step lacks `run` or `uses`");
        }
        (uses || !runs && step.has("with") ? rules.uses() : rules.run()).check(step, problems);
        return uses ? use(step) : Optional.of(run(step, line));
    }

    private Step run(YamlSection step, int line) {
        if (rules.needsShell() && step.has("run") && !step.has("shell")) {
            problems.add(line, "the step lacks a `shell`, which every script of an action must say");
        }
        return new Step.Run(
                settings(step),
                fields.template(step, "run", rules.values()).orElse(Template.literal("")),
                rules.needsShell() ? shells.read(step, rules.values()) : shells.plain(step),
                fields.filled(step, "working-directory", rules.values()));
    }

    private Optional<Step> use(YamlSection step) {
        Step.Settings settings = settings(step);
        Map<String, Template> with = fields.templates(step, "with", rules.values());
        Optional<ActionReference> action = reference(step);
        if (action.isEmpty()) {
            return Optional.empty();
        }
        if (action.get() instanceof ActionReference.Published published) {
            with = PublishedActions.heeded(published, step, with, problems);
        }
        return Optional.of(new Step.Uses(settings, action.get(), with));
    }

    private Optional<ActionReference> reference(YamlSection step) {
        Optional<String> text = step.plain("uses");
        Optional<ActionReference> action = text.flatMap(ActionReference::parse);
        if (text.isEmpty() || action.isPresent()) {
            return action;
        }
        if (text.get().startsWith("docker://") || text.get().startsWith("$/")) {
            problems.unsupported(step.line("uses"), "`uses: " + text.get() + "`");
        } else {
            problems.add(
                    step.line("uses"),
                    "`" + text.get() + "` is no action: expected `<owner>/<repository>@<ref>`, or `./<folder>`");
        }
        return Optional.empty();
    }

    private Step.Settings settings(YamlSection step) {
        return new Step.Settings(
                step.plain("id"),
                fields.templateIfAny(step, "name", rules.values()),
                fields.condition(step, rules.condition()),
                fields.env(step, rules.values()),
                fields.number(step, "timeout-minutes", rules.values()),
                fields.flag(step, "continue-on-error", rules.values()));
    }
}
