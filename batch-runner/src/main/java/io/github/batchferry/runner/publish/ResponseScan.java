package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.LineTooLongException;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the complete responses of a file that may have been cut off in the middle of a line. */
final class ResponseScan {
    /** Takes a response and the line it stood on. */
    interface Taker {
        void take(ResponseLine response, byte[] line) throws IOException;
    }

    private ResponseScan() {}

    /** Passes on every line that is a whole response; closes the stream. */
    static void read(InputStream in, Taker taker) throws IOException {
        try (JsonlReader reader = new JsonlReader(in)) {
            for (Optional<JsonlLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                Optional<ResponseLine> response = parse(line.get());
                if (response.isPresent()) {
                    taker.take(response.get(), line.get().bytes());
                }
            }
        } catch (LineTooLongException e) {
            // nothing this program wrote: what comes after it is asked again
        }
    }

    private static Optional<ResponseLine> parse(JsonlLine line) {
        try {
            return Optional.of(ResponseLineCodec.read(line.bytes()));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}
