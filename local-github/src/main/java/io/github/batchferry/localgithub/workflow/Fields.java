package io.github.batchferry.localgithub.workflow;

import io.github.batchferry.localgithub.expression.ExpressionSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the values of keys in which expressions may stand. Whatever cannot be used is reported and left out. */
final class Fields {
    private final WorkflowProblems problems;

    Fields(WorkflowProblems problems) {
        this.problems = problems;
    }

    WorkflowProblems problems() {
        return problems;
    }

    /** A text. */
    Optional<Template> template(YamlSection section, String key, Place place) {
        return section.text(key).flatMap(text -> template(text, section.line(key), place));
    }

    /** A text that must not be empty. */
    Optional<Template> filled(YamlSection section, String key, Place place) {
        Optional<String> text = section.text(key);
        if (text.isPresent() && text.get().isBlank()) {
            problems.add(section.line(key), "`" + key + "` must not be empty");
            return Optional.empty();
        }
        return text.flatMap(told -> template(told, section.line(key), place));
    }

    Optional<Template> template(String text, int line, Place place) {
        try {
            return Optional.of(Template.parse(text, place.vocabulary()));
        } catch (ExpressionSyntaxException e) {
            problems.add(line, place.explain(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Texts by name. */
    Map<String, Template> templates(YamlSection section, String key, Place place) {
        if (section.has(key) && isExpression(section.node(key))) {
            problems.unsupported(section.line(key), "an expression for the whole of `" + key + "`");
            return Map.of();
        }
        YamlSection values = section.section(key);
        Map<String, Template> templates = new LinkedHashMap<>();
        for (String name : values.keys()) {
            if (name.isBlank()) {
                problems.add(values.line(name), "a name in `" + key + "` must not be empty");
            }
            template(values, name, place).ifPresent(value -> templates.put(name, value));
        }
        return templates;
    }

    /** Variables of the environment. */
    Map<String, Template> env(YamlSection section, Place place) {
        Map<String, Template> env = templates(section, "env", place);
        for (String variable : env.keySet()) {
            if (variable.indexOf('=') >= 0 || variable.indexOf('\0') >= 0) {
                problems.add(section.section("env").line(variable), "`" + variable + "` is not a name for a variable");
            }
        }
        return env;
    }

    /** A number that is not negative, or an expression that gives one. */
    Optional<Template> number(YamlSection section, String key, Place place) {
        return typed(
                section,
                key,
                place,
                "a number",
                scalar -> YamlScalar.isNumber(scalar)
                        && YamlScalar.value(scalar).doubleValue() >= 0
                        && YamlScalar.value(scalar).doubleValue() < Integer.MAX_VALUE);
    }

    /** True or false, or an expression that gives one of them. */
    Optional<Template> flag(YamlSection section, String key, Place place) {
        return typed(
                section, key, place, "true or false", scalar -> scalar.getTag().equals(Tag.BOOL));
    }

    private interface Check {
        boolean accepts(ScalarNode scalar);
    }

    private Optional<Template> typed(YamlSection section, String key, Place place, String type, Check check) {
        Optional<ScalarNode> scalar = section.scalar(key);
        if (scalar.isEmpty() || check.accepts(scalar.get())) {
            return scalar.map(written -> Template.literal(YamlScalar.text(written)));
        }
        Optional<Template> template = isExpression(scalar.get()) ? template(section, key, place) : Optional.empty();
        if (!isExpression(scalar.get())
                || template.isPresent() && !template.get().isExpression()) {
            problems.add(
                    section.line(key),
                    "`" + key + "` must be " + type + ", or one expression that gives it; found `"
                            + YamlScalar.text(scalar.get()) + "`");
            return Optional.empty();
        }
        return template;
    }

    /** The value of an {@code if}. */
    Optional<Condition> condition(YamlSection section, Place place) {
        return section.text("if").flatMap(text -> condition(text.strip(), section.line("if"), place));
    }

    private Optional<Condition> condition(String text, int line, Place place) {
        try {
            if (!text.contains(Template.OPEN)) {
                return Optional.of(Condition.parse(text, place.vocabulary()));
            }
            Template template = Template.parse(text, place.vocabulary());
            if (template.parts().size() == 1 && template.parts().get(0) instanceof Template.Evaluated only) {
                return Optional.of(Condition.parse(only.expression().source(), place.vocabulary()));
            }
            problems.add(
                    line,
                    "`if: " + text + "` is always true, for the text around the expression;"
                            + " put the whole condition between `${{` and `}}`, or leave them out");
        } catch (ExpressionSyntaxException e) {
            problems.add(line, place.explain(e.getMessage()));
        }
        return Optional.empty();
    }

    static boolean isExpression(Node node) {
        return !(node instanceof MappingNode)
                && node instanceof ScalarNode scalar
                && scalar.getValue().contains(Template.OPEN);
    }
}
