package io.github.batchferry.localgithub.workflow;

import io.github.batchferry.localgithub.expression.ExpressionSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return section.scalar(key).flatMap(scalar -> template(scalar, place));
    }

    /** A text; nothing if it is empty. */
    Optional<Template> templateIfAny(YamlSection section, String key, Place place) {
        return template(section, key, place)
                .filter(template -> !template.parts().isEmpty());
    }

    /** A text that must not be empty. */
    Optional<Template> filled(YamlSection section, String key, Place place) {
        Optional<ScalarNode> scalar = section.scalar(key);
        if (scalar.isPresent() && YamlScalar.text(scalar.get()).isBlank()) {
            problems.add(section.line(key), "`" + key + "` must not be empty");
            return Optional.empty();
        }
        return scalar.flatMap(written -> template(written, place));
    }

    /** A text; all its expressions are looked at, and each that is none is reported with its own line. */
    Optional<Template> template(ScalarNode scalar, Place place) {
        List<Template.Part> parts = new ArrayList<>();
        boolean whole = true;
        for (Template.Piece piece : pieces(scalar)) {
            whole &= add(piece, YamlScalar.line(scalar, piece.at()), place, parts);
        }
        return whole ? Optional.of(new Template(parts)) : Optional.empty();
    }

    private List<Template.Piece> pieces(ScalarNode scalar) {
        String text = YamlScalar.text(scalar);
        try {
            List<Template.Piece> pieces = Template.cut(text);
            if (Template.length(pieces) > Template.LONGEST) {
                problems.add(
                        YamlSection.lineOf(scalar),
                        "Exceeded max expression length " + Template.LONGEST
                                + "; a text with expressions in it counts as one, so hand them over by `env`");
            }
            return pieces;
        } catch (ExpressionSyntaxException e) {
            problems.add(YamlScalar.line(scalar, text.lastIndexOf(Template.OPEN)), e.getMessage());
            return List.of();
        }
    }

    private boolean add(Template.Piece piece, int line, Place place, List<Template.Part> parts) {
        try {
            parts.add(piece.read(place.vocabulary()));
            return true;
        } catch (ExpressionSyntaxException e) {
            problems.add(line, place.explain(e.getMessage()));
            return false;
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
        return typed(section, key, place, "a number", scalar -> isFrom(0, scalar));
    }

    /** A number from 1, or an expression that gives one. */
    Optional<Template> count(YamlSection section, String key, Place place) {
        return typed(section, key, place, "a number from 1", scalar -> isFrom(1, scalar));
    }

    private static boolean isFrom(int least, ScalarNode scalar) {
        double number = YamlScalar.isNumber(scalar) ? YamlScalar.value(scalar).doubleValue() : Double.NaN;
        return number >= least && number <= Integer.MAX_VALUE;
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
        return node instanceof ScalarNode scalar && scalar.getValue().contains(Template.OPEN);
    }
}
