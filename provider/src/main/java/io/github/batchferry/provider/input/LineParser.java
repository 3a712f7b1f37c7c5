package io.github.batchferry.provider.input;

import io.github.batchferry.wire.json.JsonlLine;
import java.util.Optional;

/** Reads lines of one form. */
@FunctionalInterface
interface LineParser {
    /** The request of a line, or empty if the line has mistakes, which were noted. */
    Optional<PlacedRequest> parse(JsonlLine line);
}
