package io.github.batchferry.provider.cli.output;

import io.github.batchferry.provider.batch.Arrivals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Responses in the order in which they arrive, each written at once while the run goes on. A file is begun anew with the first
 * of them. What cannot be written ends the writing and not the wait: it is told once all are collected. Not thread-safe.
 */
public final class ArrivingResponses implements ResponsesPlace {
    private final ResponsesPlace whole;
    private final String name;
    private final Opening opening;

    // Mutable state
    private Optional<Arrivals> arrivals = Optional.empty();
    private Optional<OutputStream> out = Optional.empty();
    private Optional<IOException> failure = Optional.empty();

    private interface Opening {
        OutputStream open() throws IOException;
    }

    private ArrivingResponses(ResponsesPlace whole, String name, Opening opening) {
        this.whole = whole;
        this.name = name;
        this.opening = opening;
    }

    /** Writes to a file of the user, in place, so that others may follow it. */
    public static ArrivingResponses to(ResponsesFile file) {
        return new ArrivingResponses(file, "`" + file.name() + "`", () -> Files.newOutputStream(file.path()));
    }

    /** Writes to standard output. */
    public static ArrivingResponses to(Stream stream) {
        return new ArrivingResponses(stream, "standard output", stream::stream);
    }

    @Override
    public Optional<String> hindrance() {
        return whole.hindrance();
    }

    @Override
    public Optional<Arrivals> arrivals(Runnable before) {
        arrivals = Optional.of(new Arrivals(line -> {
            before.run();
            write(line);
        }));
        return arrivals;
    }

    @Override
    public Optional<String> take(Path responses) throws IOException {
        arrivals.orElseGet(() -> new Arrivals(this::write)).rest(responses);
        close();
        if (failure.isPresent()) {
            throw new IOException(
                    "cannot write responses to " + name + ": " + failure.get().getMessage(), failure.get());
        }
        return Optional.of(whole instanceof ResponsesFile file ? file.name() : "-");
    }

    private void write(byte[] line) {
        if (failure.isPresent()) {
            return;
        }
        try {
            if (out.isEmpty()) {
                out = Optional.of(opening.open());
            }
            byte[] terminated = Arrays.copyOf(line, line.length + 1);
            terminated[line.length] = '\n';
            out.get().write(terminated);
            out.get().flush();
            requireWritten(out.get());
        } catch (IOException e) {
            failure = Optional.of(e);
        }
    }

    /** A print stream keeps to itself what went wrong. */
    private static void requireWritten(OutputStream stream) throws IOException {
        if (stream instanceof PrintStream printed && printed.checkError()) {
            throw new IOException("nobody reads it any more, or its disk is full");
        }
    }

    /** Standard output stays open for whatever else the command says. */
    private void close() {
        try {
            if (whole instanceof ResponsesFile && out.isPresent()) {
                out.get().close();
            }
        } catch (IOException e) {
            failure = failure.or(() -> Optional.of(e));
        }
    }
}
