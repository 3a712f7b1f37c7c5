package io.github.batchferry.provider.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of requests, or standard input.
 *
 * @param name name for messages, {@code -} for standard input
 * @param content opens the bytes from the start; may be called once for standard input
 */
public record RequestSource(String name, Content content) {
    /** Opens the bytes of an input. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
