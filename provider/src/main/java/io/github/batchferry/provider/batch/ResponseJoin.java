package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.PrivateFiles;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.problem.Problems;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PrimitiveIterator;

/**
 * Brings responses, which come in any order, into the order of the requests. The lines wait in a file; in memory are only the
 * custom ids and where each response lies. Closing it removes that file.
 */
final class ResponseJoin implements Closeable {
    private final Reconciliation reconciliation;
    private final Path spoolFile;
    private final FileChannel spool;
    private final long[] offsets;
    private final int[] lengths;
    private final Map<ResponseStatus, Long> counts = new EnumMap<>(ResponseStatus.class);

    // Mutable state
    private TokenUsage usage = TokenUsage.NONE;
    private long end;

    private ResponseJoin(List<CustomId> requests, Path spoolFile) throws IOException {
        this.reconciliation = new Reconciliation(requests);
        this.offsets = new long[requests.size()];
        this.lengths = new int[requests.size()];
        this.spoolFile = spoolFile;
        this.spool = PrivateFiles.open(
                spoolFile,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /** Begins a join over the requests of a batch. */
    static ResponseJoin over(BatchJournal batch) throws IOException {
        return new ResponseJoin(customIds(batch.requests()), batch.directory().resolve("responses.unsorted"));
    }

    /** Takes in a response and its line without line break. */
    void accept(ResponseLine response, byte[] line) throws IOException {
        OptionalInt position = reconciliation.accept(response.customId());
        if (position.isPresent()) {
            offsets[position.getAsInt()] = end;
            lengths[position.getAsInt()] = line.length;
            write(line);
            counts.merge(response.status(), 1L, Long::sum);
            usage = response.usage().map(usage::plus).orElse(usage);
        }
    }

    /** Which requests have their response, and what did not fit. */
    Reconciliation reconciliation() {
        return reconciliation;
    }

    /** Responses per status. */
    Map<ResponseStatus, Long> counts() {
        return counts;
    }

    /** Tokens of all responses. */
    TokenUsage usage() {
        return usage;
    }

    /**
     * Writes the responses in request order, beside the file first and then in its place.
     *
     * @return digest of the file
     */
    Sha256 writeTo(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = PrivateFiles.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024), digest);
            for (PrimitiveIterator.OfInt p = reconciliation.answered().iterator(); p.hasNext(); ) {
                out.write(read(p.nextInt()));
                out.write('\n');
            }
            out.flush();
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Sha256.finish(digest);
    }

    @Override
    public void close() throws IOException {
        spool.close();
        Files.deleteIfExists(spoolFile);
    }

    private void write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            end += spool.write(bytes, end);
        }
    }

    private byte[] read(int position) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(lengths[position]);
        while (line.hasRemaining()) {
            if (spool.read(line, offsets[position] + line.position()) < 0) {
                throw new IOException("`" + spoolFile + "` was cut off while it was read");
            }
        }
        return line.array();
    }

    /** Custom ids of a batch, in request order. */
    static List<CustomId> customIds(Path requests) throws IOException {
        List<CustomId> ids = new ArrayList<>();
        Problems problems = new Problems();
        RequestLineParser parser = new RequestLineParser(requests.toString(), problems);
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(requests))) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                ids.add(parser.parse(line.get())
                        .map(RequestLine::customId)
                        .orElseThrow(() -> new IOException("cannot read the requests any more: "
                                + problems.firstOnes().get(0))));
            }
        }
        return ids;
    }
}
