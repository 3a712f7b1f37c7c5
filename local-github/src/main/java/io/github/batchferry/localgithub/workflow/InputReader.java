package io.github.batchferry.localgithub.workflow;

import io.github.batchferry.localgithub.workflow.InputSpec.Type;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the inputs that a workflow declares. */
final class InputReader {
    /** As many as github.com takes in a dispatch. */
    private static final int MOST = 25;

    private static final Keys DISPATCH_KEYS =
            Keys.of("an input", "description", "type", "default", "required", "options");
    private static final Keys CALL_KEYS = Keys.of("an input", "description", "type", "default", "required");
    private static final Set<Type> CALL_TYPES = EnumSet.of(Type.STRING, Type.NUMBER, Type.BOOLEAN);

    private final Fields fields;
    private final WorkflowProblems problems;

    InputReader(Fields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    List<InputSpec> dispatch(YamlSection dispatch) {
        YamlSection inputs = dispatch.sectionIfAny("inputs");
        if (inputs.keys().size() > MOST) {
            problems.add(dispatch.line("inputs"), "you may only define up to " + MOST + " inputs");
        }
        return inputs.keys().stream()
                .map(name -> dispatched(name, inputs.sectionIfAny(name), inputs.line(name)))
                .toList();
    }

    private InputSpec dispatched(String name, YamlSection spec, int line) {
        DISPATCH_KEYS.check(spec, problems);
        Type type = type(spec, EnumSet.allOf(Type.class)).orElse(Type.STRING);
        List<String> options = spec.texts("options");
        if (type == Type.CHOICE && options.isEmpty()) {
            problems.add(line, "the input `" + name + "` is a choice without `options`");
        }
        if (type != Type.CHOICE && spec.has("options")) {
            problems.add(spec.line("options"), "the input `" + name + "` has `options`, but is no choice");
        }
        InputSpec input = new InputSpec(name, type, spec.plain("default"), spec.flag("required"), options);
        input.defaultValue()
                .filter(value -> !value.isEmpty() && !input.accepts(value))
                .ifPresent(value -> wrongDefault(spec, type, value));
        return input;
    }

    List<CallInput> call(YamlSection call) {
        YamlSection inputs = call.sectionIfAny("inputs");
        return inputs.keys().stream()
                .map(name -> called(name, inputs.section(name), inputs.line(name)))
                .toList();
    }

    private CallInput called(String name, YamlSection spec, int line) {
        CALL_KEYS.check(spec, problems);
        if (!spec.has("type")) {
            problems.add(line, "the input `" + name + "` lacks a `type`: string, number or boolean");
        }
        Type type = type(spec, CALL_TYPES).orElse(Type.STRING);
        Optional<Template> value = fields.template(spec, "default", Place.RUN);
        InputSpec judge = new InputSpec(name, type, Optional.empty(), false, List.of());
        value.filter(Template::isLiteral)
                .map(Template::toString)
                .filter(text -> !text.isEmpty() && !judge.accepts(text))
                .ifPresent(text -> wrongDefault(spec, type, text));
        return new CallInput(name, type, value, spec.flag("required"));
    }

    private Optional<Type> type(YamlSection spec, Set<Type> possible) {
        Optional<String> written = spec.plain("type");
        Optional<Type> type = possible.stream()
                .filter(one -> written.isPresent() && name(one).equals(written.get()))
                .findFirst();
        if (written.isPresent() && type.isEmpty()) {
            problems.unsupported(spec.line("type"), "the input type `" + written.get() + "`");
        }
        return type;
    }

    private void wrongDefault(YamlSection spec, Type type, String value) {
        problems.add(spec.line("default"), "the default `" + value + "` is not a value of type " + name(type));
    }

    private static String name(Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
