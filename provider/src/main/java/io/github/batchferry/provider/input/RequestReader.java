package io.github.batchferry.provider.input;

import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.LineTooLongException;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/**
 * Turns an input into request lines and finds every mistake of it. Lines of OpenAI Batch travel byte for byte; plain lines
 * are composed into chat completions. Holds one line at a time, and the custom ids.
 */
public final class RequestReader implements Closeable {
    private final String name;
    private final InputStream content;

    private RequestReader(String name, InputStream content) {
        this.name = name;
        this.content = content;
    }

    /**
     * Opens an input.
     *
     * @throws InvalidInputException if there is no such file or it may not be read
     */
    public static RequestReader open(RequestSource source) throws InvalidInputException {
        try {
            return new RequestReader(source.name(), source.content().open());
        } catch (IOException e) {
            throw InvalidInputException.of(source.name(), reason(e));
        }
    }

    /**
     * Reads the input to its end, once. Requests without mistakes of their own go to the sink as they come, also when
     * other lines are wrong: what the sink did is to be undone if this throws.
     *
     * @param vendors the runner's vendors; empty if they are not known, then routes are not checked
     * @param defaultVendor vendor for lines that name none
     * @return the number of requests, at least 1
     * @throws InvalidInputException with every finding
     * @throws IOException if the sink fails
     */
    public long read(Optional<VendorsFile> vendors, Optional<String> defaultVendor, RequestSink sink)
            throws InvalidInputException, IOException {
        Problems problems = new Problems();
        Lines lines = new Lines(problems, new PlacedValidator(name, problems, vendors, defaultVendor));
        JsonlReader reader = new JsonlReader(content);
        for (Optional<JsonlLine> line = next(reader, problems); line.isPresent(); line = next(reader, problems)) {
            lines.accept(line.get(), sink);
        }
        if (lines.count == 0 && problems.isEmpty()) {
            throw InvalidInputException.of(name, "no requests in it");
        }
        problems.throwIfAny();
        return lines.count;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private Optional<JsonlLine> next(JsonlReader reader, Problems problems) throws InvalidInputException {
        try {
            return reader.next();
        } catch (LineTooLongException e) {
            problems.add(name, e.line(), "", "longer than " + JsonlReader.MAX_LINE_BYTES + " bytes; not read further");
            return Optional.empty();
        } catch (IOException e) {
            throw InvalidInputException.of(name, reason(e));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "cannot be read: permission denied";
        }
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return reason == null ? "cannot be read" : "cannot be read: " + reason;
    }

    private final class Lines {
        private final Problems problems;
        private final PlacedValidator validator;
        private final RequestLineParser nativeLines;
        private final PlainLineParser plainLines;

        // Mutable state
        private long count;

        Lines(Problems problems, PlacedValidator validator) {
            this.problems = problems;
            this.validator = validator;
            this.nativeLines = new RequestLineParser(name, problems);
            this.plainLines = new PlainLineParser(name, problems);
        }

        void accept(JsonlLine line, RequestSink sink) throws IOException {
            Optional<PlacedRequest> placed = parse(line);
            if (placed.isPresent()) {
                validator.accept(line.number(), placed.get());
                sink.accept(placed.get().request());
                count++;
            }
        }

        private Optional<PlacedRequest> parse(JsonlLine line) {
            return switch (LineForm.of(line.bytes())) {
                case NATIVE -> nativeLines.parse(line).map(request -> new PlacedRequest(request, Map.of()));
                case PLAIN -> plainLines.parse(line);
                case UNKNOWN -> {
                    problems.add(
                            name,
                            line.number(),
                            "$",
                            "not a request; expected `custom_id`, `method`, `url` and `body`, or `id` and `prompt`");
                    yield Optional.empty();
                }
            };
        }
    }
}
