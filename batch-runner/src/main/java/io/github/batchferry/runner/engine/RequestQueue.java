package io.github.batchferry.runner.engine;

import io.github.batchferry.wire.RequestLine;
import java.io.IOException;
import java.util.OptionalInt;

/** The requests of one vendor that are still to be answered. Numbers travel, not requests: bodies stay where they are. */
public interface RequestQueue {
    /** The number of the next request; every number comes once. Empty at the end, and then for ever. */
    OptionalInt next();

    /** Reads a request of this queue, as often as it takes. */
    RequestLine load(int number) throws IOException;
}
