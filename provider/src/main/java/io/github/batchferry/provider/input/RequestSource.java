package io.github.batchferry.provider.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A file of requests, or standard input.
 *
 * @param name name for messages, {@code -} for standard input
 * @param content opens the bytes from the start; may be called once for standard input
 * @param model model, or {@code vendor/model}, for lines that name none: plain lines and those of Gemini's form
 */
public record RequestSource(String name, Content content, Optional<String> model) {
    /** Opens the bytes of an input. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** An input whose lines all name their model. */
    public RequestSource(String name, Content content) {
        this(name, content, Optional.empty());
    }

    /** The same input with a model for lines that name none. */
    public RequestSource withModel(Optional<String> other) {
        return new RequestSource(name, content, other);
    }
}
