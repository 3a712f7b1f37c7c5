package io.github.batchferry.provider.input;

import io.github.batchferry.wire.BatchValidator;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.LineTooLongException;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns an input into request lines and finds every mistake of it. Lines of OpenAI Batch travel byte for byte; of those of
 * Anthropic's and Gemini's batches the body does; plain lines are composed into chat completions. Parses each line once where
 * a file keeps to one form. Holds one line at a time, and the custom ids.
 */
public final class RequestReader implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final String name;
    private final InputStream content;
    private final Optional<String> model;

    private RequestReader(String name, InputStream content, Optional<String> model) {
        this.name = name;
        this.content = content;
        this.model = model;
    }

    /**
     * Opens an input.
     *
     * @throws InvalidInputException if there is no such file or it may not be read
     */
    public static RequestReader open(RequestSource source) throws InvalidInputException {
        try {
            return new RequestReader(
                    source.name(), new BufferedInputStream(source.content().open(), BUFFER_BYTES), source.model());
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
        CheckingSink unchecked = (request, problem) -> sink.accept(request);
        return readChecking(vendors, defaultVendor, unchecked);
    }

    /** As {@link #read}, for a sink that may find something wrong. */
    long readChecking(Optional<VendorsFile> vendors, Optional<String> defaultVendor, CheckingSink sink)
            throws InvalidInputException, IOException {
        Problems problems = new Problems();
        Lines lines = new Lines(problems, vendors, defaultVendor);
        RequestLines input = input();
        for (Optional<JsonlLine> line = next(input, problems); line.isPresent(); line = next(input, problems)) {
            lines.accept(line.get(), input::place, sink);
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

    private RequestLines input() throws InvalidInputException {
        try {
            return RequestLines.of(content);
        } catch (IOException e) {
            throw InvalidInputException.of(name, reason(e));
        }
    }

    private Optional<JsonlLine> next(RequestLines input, Problems problems) throws InvalidInputException {
        try {
            return input.next();
        } catch (BrokenDocumentException e) {
            problems.add(name, e.line(), "", e.getMessage());
            return Optional.empty();
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
        private final LineProblems problems;
        private final FormParsers parsers;
        private final BatchValidator validator;

        // Mutable state
        private long count;

        Lines(Problems all, Optional<VendorsFile> vendors, Optional<String> defaultVendor) {
            this.problems = new LineProblems(all);
            this.parsers = new FormParsers(name, problems.found(), model);
            this.validator = new BatchValidator(problems.found(), vendors, defaultVendor);
        }

        void accept(JsonlLine line, UnaryOperator<String> place, CheckingSink sink) throws IOException {
            Optional<PlacedRequest> placed = parsers.parse(line);
            problems.move(place);
            if (placed.isPresent()) {
                PlacedRequest request = placed.get();
                validator.accept(name, line.number(), request.request());
                sink.accept(
                        request.request(), (path, message) -> problems.found().add(name, line.number(), path, message));
                problems.move(path -> place.apply(request.place(path)));
                count++;
            }
        }
    }
}
