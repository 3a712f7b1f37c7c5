package io.github.batchferry.localgithub.workflow;

import java.util.List;
import java.util.Optional;

/**
 * An input that a workflow declares under {@code on.workflow_dispatch.inputs}.
 *
 * @param name its name
 * @param type what values it takes
 * @param defaultValue value when the dispatch gives none
 * @param required whether a dispatch must give it, unless there is a default
 * @param options the values of a {@link Type#CHOICE}
 */
public record InputSpec(String name, Type type, Optional<String> defaultValue, boolean required, List<String> options) {
    /** Kind of an input; every value travels as text. */
    public enum Type {
        STRING,
        BOOLEAN,
        CHOICE,
        NUMBER,
        ENVIRONMENT
    }

    public InputSpec {
        options = List.copyOf(options);
    }

    /** The value when a dispatch gives none: the default, or what GitHub takes for it. */
    public String absent() {
        return defaultValue.orElse(type == Type.BOOLEAN ? "false" : "");
    }

    /** Whether a text is a value of this input. */
    public boolean accepts(String value) {
        return switch (type) {
            case STRING, ENVIRONMENT -> true;
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case CHOICE -> options.contains(value);
            case NUMBER -> value.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
        };
    }
}
