package io.github.batchferry.provider.input;

import io.github.batchferry.wire.RequestLine;
import java.io.IOException;

/** Takes requests one after the other, in the order of the input. */
@FunctionalInterface
public interface RequestSink {
    void accept(RequestLine request) throws IOException;
}
