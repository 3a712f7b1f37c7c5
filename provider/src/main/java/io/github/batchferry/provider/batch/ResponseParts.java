package io.github.batchferry.provider.batch;

import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Reads the files of a results branch. Where a summary is there they must be exactly what it says; without one the results
 * are still growing, or a runner died, and a last line that was cut off is left out.
 */
final class ResponseParts {
    /** Opens the files of the branch by name. */
    interface Files {
        InputStream open(String name) throws IOException;
    }

    private final String place;
    private final Files files;

    /** @param place where the files are, for messages */
    ResponseParts(String place, Files files) {
        this.place = place;
        this.files = files;
    }

    /** Reads the summary. */
    BatchSummary summary(BatchManifest manifest) throws IOException {
        BatchSummary summary;
        try (InputStream in = files.open(BatchFiles.SUMMARY)) {
            summary = BatchSummary.parse(in.readAllBytes());
        } catch (MalformedJsonException e) {
            throw new IOException("cannot read `" + BatchFiles.SUMMARY + "` on " + place + ": " + e.getMessage(), e);
        }
        require("batch id", manifest.batchId(), summary.batchId(), BatchFiles.SUMMARY);
        require("sha-256 of the requests", manifest.requestsSha256(), summary.requestsSha256(), BatchFiles.SUMMARY);
        return summary;
    }

    /** Reads the parts that a summary names, each once its digest was found right. */
    void readVerified(BatchSummary summary, ResponseJoin join) throws IOException {
        for (BatchSummary.Part part : summary.parts()) {
            if (!BatchFiles.isResponsesPart(part.name())) {
                throw new IOException("the summary on " + place + " names a part `" + part.name()
                        + "`: expected responses-<shard>-<part>.jsonl");
            }
            verify(part);
            read(part.name(), join, false);
        }
    }

    /** Reads the parts of a branch without a summary. */
    void readUnverified(List<String> names, ResponseJoin join) throws IOException {
        for (String name : names) {
            if (BatchFiles.isResponsesPart(name)) {
                read(name, join, true);
            }
        }
    }

    /** Reads the parts of a branch without a summary, for requests that have no response so far. */
    void readMore(List<String> names, ResponseJoin join) throws IOException {
        for (String name : names) {
            if (BatchFiles.isResponsesPart(name)) {
                try (InputStream part = files.open(name)) {
                    readKept(part, join);
                }
            }
        }
    }

    /**
     * Reads responses that were collected before, for requests that have none so far. What cannot be read of them is as if it
     * were not there.
     */
    static void readKept(Path responses, ResponseJoin join) throws IOException {
        try (InputStream file = java.nio.file.Files.newInputStream(responses)) {
            readKept(file, join);
        }
    }

    private static void readKept(InputStream responses, ResponseJoin join) throws IOException {
        try (JsonlReader lines = new JsonlReader(responses)) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<ResponseLine> response = response(line.get());
                if (response.isPresent()
                        && join.reconciliation().isMissing(response.get().customId())) {
                    join.accept(response.get(), line.get().bytes());
                }
            }
        }
    }

    /** The response of a line; empty if it cannot be read as one. */
    static Optional<ResponseLine> response(JsonlLine line) {
        try {
            return Optional.of(ResponseLineCodec.read(line.bytes()));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private void verify(BatchSummary.Part part) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        long bytes;
        try (InputStream in = new DigestInputStream(files.open(part.name()), digest)) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        } catch (NoSuchFileException e) {
            throw new IOException("cannot find `" + part.name() + "` on " + place + ", which its summary names", e);
        }
        require("size", part.bytes(), bytes, part.name());
        require("sha-256", part.sha256(), Sha256.finish(digest), part.name());
    }

    private void read(String name, ResponseJoin join, boolean mayBeCutOff) throws IOException {
        try (JsonlReader lines = new JsonlReader(files.open(name))) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                accept(name, line.get(), join, mayBeCutOff);
            }
        }
    }

    private void accept(String name, JsonlLine line, ResponseJoin join, boolean mayBeCutOff) throws IOException {
        try {
            join.accept(ResponseLineCodec.read(line.bytes()), line.bytes());
        } catch (MalformedJsonException e) {
            if (line.terminated() || !mayBeCutOff) {
                throw new IOException(
                        "cannot read `" + name + "` line " + line.number() + " on " + place + ": " + e.getMessage(), e);
            }
        }
    }

    private void require(String what, Object expected, Object found, String file) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException("`" + file + "` on " + place + " has another " + what + ": expected " + expected
                    + ", found " + found);
        }
    }
}
