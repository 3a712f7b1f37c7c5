package io.github.batchferry.provider.targets;

import io.github.batchferry.wire.config.DurationText;
import io.github.batchferry.wire.config.YamlMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of an entry of {@code targets.yaml}. A whole value may be <code>${{ NAME }}</code>, which stands for an
 * environment variable; what it holds may be a secret and is never shown. A mistake becomes a problem of the file.
 */
final class TargetValues {
    private static final String OPENING = "${{";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\{\\s*([A-Z0-9_]+)\\s*\\}\\}");

    private final YamlMap yaml;
    private final Optional<Map<String, String>> environment;

    /** @param environment environment variables; empty to leave open what such values are, and whether there are any */
    TargetValues(YamlMap yaml, Optional<Map<String, String>> environment) {
        this.yaml = yaml;
        this.environment = environment;
    }

    /** A value, and how messages may show it. */
    private record Value(String text, String shown) {}

    /** Whether the key stands in the entry, whatever its value. */
    boolean has(String key) {
        return yaml.has(key);
    }

    /** Makes every key outside a set a problem. */
    void allowOnly(Set<String> known) {
        yaml.allowOnly(known);
    }

    /** Adds a problem about a key. */
    void problem(String key, String message) {
        yaml.problem(key, message);
    }

    /** A text that no variable can stand for; its absence is a problem. */
    Optional<String> requiredLiteral(String key) {
        if (!yaml.has(key)) {
            yaml.problem(key, "missing");
        }
        return literal(key);
    }

    /** A text that no variable can stand for. */
    Optional<String> literal(String key) {
        Optional<String> text = yaml.string(key);
        if (text.filter(value -> value.contains(OPENING)).isPresent()) {
            yaml.problem(key, "expected a text, found an environment variable, which cannot stand here");
            return Optional.empty();
        }
        return text;
    }

    /**
     * A value in a form of its own.
     *
     * @param expected the form, for messages
     * @param reader gives empty for what has another form
     */
    <T> Optional<T> value(String key, String expected, Function<String, Optional<T>> reader) {
        Optional<Value> value = resolved(key);
        Optional<T> read = value.flatMap(found -> reader.apply(found.text()));
        if (value.isPresent() && read.isEmpty()) {
            yaml.problem(key, "expected " + expected + ", found " + value.get().shown());
        }
        return read;
    }

    /** A text that matches. */
    Optional<String> matching(String key, Pattern form, String expected) {
        return value(
                key,
                expected,
                text -> Optional.of(text).filter(value -> form.matcher(value).matches()));
    }

    /** A value whose reader says itself, by the message of its exception, what is wrong with it. */
    <T> Optional<T> parsed(String key, Function<String, T> reader) {
        Optional<Value> value = resolved(key);
        try {
            return value.map(found -> reader.apply(found.text()));
        } catch (IllegalArgumentException e) {
            boolean literal = value.get().shown().contains(value.get().text());
            yaml.problem(key, literal ? e.getMessage() : withoutValue(e.getMessage(), value.get()));
            return Optional.empty();
        }
    }

    /** {@code true} or {@code false}; false where absent. */
    boolean bool(String key) {
        return value(key, "true or false", text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.<Boolean>empty();
                })
                .orElse(false);
    }

    /** A whole number within bounds, both included. */
    OptionalInt integer(String key, int min, int max) {
        Optional<Integer> number =
                value(key, "a whole number from " + min + " to " + max, text -> within(min, max, text));
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }

    /** A span of time in the form of {@link DurationText}. */
    Optional<Duration> duration(String key) {
        return value(key, DurationText.EXPECTED, DurationText::parse);
    }

    private static Optional<Integer> within(int min, int max, String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(number -> number >= min && number <= max);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Value> resolved(String key) {
        Optional<String> text = yaml.string(key);
        if (text.isEmpty() || !text.get().contains(OPENING)) {
            return text.map(literal -> new Value(literal, "`" + literal + "`"));
        }
        Matcher variable = VARIABLE.matcher(text.get());
        if (!variable.matches()) {
            yaml.problem(key, "expected ${{ NAME }} in capital letters as the whole value, found `" + text.get() + "`");
            return Optional.empty();
        }
        return environment.flatMap(variables -> value(key, variable.group(1), variables));
    }

    private Optional<Value> value(String key, String variable, Map<String, String> variables) {
        String text = variables.getOrDefault(variable, "");
        if (text.isEmpty()) {
            yaml.problem(key, "environment variable `" + variable + "` is not set");
            return Optional.empty();
        }
        return Optional.of(new Value(text, "the value of environment variable `" + variable + "`"));
    }

    /** Such messages end in what was expected, after the value that was found. */
    private static String withoutValue(String message, Value value) {
        int expected = message.lastIndexOf("expected ");
        return (expected < 0 ? "not what is expected here" : message.substring(expected)) + ", found " + value.shown();
    }
}
