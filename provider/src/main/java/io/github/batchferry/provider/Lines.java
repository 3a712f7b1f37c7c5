package io.github.batchferry.provider;

import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Requests and responses of a program as the lines they are on the way. */
final class Lines {
    private Lines() {}

    /** Requests as an input; in messages a request's line is its place in the list, counted from 1. */
    static RequestSource source(List<RequestLine> requests) {
        return new RequestSource(
                "requests",
                () -> new SequenceInputStream(new Enumeration<>() {
                    private final Iterator<RequestLine> remaining = requests.iterator();

                    @Override
                    public boolean hasMoreElements() {
                        return remaining.hasNext();
                    }

                    @Override
                    public InputStream nextElement() {
                        return line(remaining.next());
                    }
                }));
    }

    static List<ResponseLine> responses(CollectedBatch collected) throws IOException {
        List<ResponseLine> responses = new ArrayList<>();
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(collected.responses()))) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                responses.add(ResponseLineCodec.read(line.get().bytes()));
            }
        } catch (MalformedJsonException e) {
            throw new IOException("cannot read `" + collected.responses() + "`: " + e.getMessage(), e);
        }
        return responses;
    }

    private static InputStream line(RequestLine request) {
        byte[] json = request.line().toByteArray();
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return new ByteArrayInputStream(line);
    }
}
