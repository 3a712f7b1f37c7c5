package io.github.batchferry.provider.input;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Forms in which requests can be written. */
public enum RequestForm {
    /** OpenAI Batch lines, which is how requests travel: {@code custom_id}, {@code method}, {@code url}, {@code body}. */
    OPENAI,
    /** Anthropic's Message Batches: {@code custom_id}, {@code params}. */
    ANTHROPIC,
    /** Gemini's batches: {@code key}, {@code request}. */
    GEMINI,
    /** Ours, for people: {@code id}, {@code prompt} or {@code messages}, {@code model}, {@code params}. */
    PLAIN;

    /** The names of all forms, for messages. */
    public static final String NAMES =
            Arrays.stream(values()).map(RequestForm::toString).collect(Collectors.joining(", "));

    /** The form of a name. */
    public static Optional<RequestForm> parse(String name) {
        return Arrays.stream(values())
                .filter(form -> form.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
