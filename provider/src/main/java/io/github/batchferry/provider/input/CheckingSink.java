package io.github.batchferry.provider.input;

import io.github.batchferry.wire.RequestLine;
import java.io.IOException;
import java.util.function.BiConsumer;

/** Takes requests one after the other and may find something wrong with them. */
@FunctionalInterface
interface CheckingSink {
    /** @param problem takes the path in the request line and the message of what is wrong */
    void accept(RequestLine request, BiConsumer<String, String> problem) throws IOException;
}
