package io.github.batchferry.runner.engine;

import io.github.batchferry.wire.ResponseLine;
import java.io.IOException;

/** Takes responses as they come. Called on the event loop, one at a time. */
@FunctionalInterface
public interface ResponseSink {
    /** @throws IOException if the response cannot be kept; the engine then stops asking */
    void accept(ResponseLine response) throws IOException;
}
