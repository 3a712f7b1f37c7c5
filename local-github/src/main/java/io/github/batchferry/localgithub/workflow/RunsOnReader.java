package io.github.batchferry.localgithub.workflow;

import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code runs-on}. What is no expression must be a label of this machine. */
final class RunsOnReader {
    private static final Keys KEYS = Keys.of("`runs-on`", "labels").butNot("group");

    private final Fields fields;
    private final WorkflowProblems problems;

    RunsOnReader(Fields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    /** Labels: a text, a list of texts, or an expression that gives one of them. */
    Tree read(YamlSection job, int line) {
        if (!job.has("runs-on")) {
            problems.add(line, "`runs-on` is missing");
            return new Tree.Items(List.of());
        }
        if (!job.hasMapping("runs-on")) {
            return labels(job.node("runs-on"), job.line("runs-on"));
        }
        YamlSection section = job.section("runs-on");
        KEYS.check(section, problems);
        if (!section.has("labels")) {
            problems.add(job.line("runs-on"), "`runs-on` lacks `labels`");
            return new Tree.Items(List.of());
        }
        return labels(section.node("labels"), section.line("labels"));
    }

    private Tree labels(Node node, int line) {
        if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
            return new Tree.Items(
                    list.getValue().stream().map(item -> label(item, line)).toList());
        }
        return label(node, line);
    }

    private Tree label(Node node, int line) {
        if (!(node instanceof ScalarNode scalar) || YamlScalar.text(scalar).isBlank()) {
            problems.add(line, "`runs-on` must be a label or a list of labels");
            return new Tree.Items(List.of());
        }
        String text = YamlScalar.text(scalar);
        if (!Fields.isExpression(scalar) && !RunnerLabels.serve(text)) {
            problems.add(YamlSection.lineOf(scalar), RunnerLabels.refusal(text));
        }
        return new Tree.Leaf(fields.template(scalar, Place.JOB).orElse(Template.literal("")));
    }
}
