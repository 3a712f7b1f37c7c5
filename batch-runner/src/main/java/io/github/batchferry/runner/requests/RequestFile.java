package io.github.batchferry.runner.requests;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.problem.Problems;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;

/** The verified requests, each read from disk when it is needed. */
public final class RequestFile implements Closeable {
    private final FileChannel channel;
    private final RequestIndex index;

    /** @param index made from this very file */
    public RequestFile(Path file, RequestIndex index) throws IOException {
        this.channel = FileChannel.open(file);
        this.index = index;
    }

    /** Reads the request with a number. */
    public RequestLine load(int number) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(index.length(number));
        while (line.hasRemaining()) {
            if (channel.read(line, index.offset(number) + line.position()) < 0) {
                throw new EOFException("the file of requests was cut off while it was read");
            }
        }
        JsonlLine whole = new JsonlLine(number + 1L, index.offset(number), withoutCarriageReturn(line.array()), true);
        return new RequestLineParser("requests", new Problems())
                .parseAgain(whole)
                .orElseThrow(() -> new IOException("the file of requests was changed while it was read"));
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        boolean present = line.length > 0 && line[line.length - 1] == '\r';
        return present ? Arrays.copyOf(line, line.length - 1) : line;
    }

    /**
     * The numbers of those requests of a shard that are not among the answered.
     *
     * @throws ForeignResponsesException if an answered id is not one of the shard
     */
    public BitSet unanswered(Shard shard, Set<CustomId> answered) throws IOException, ForeignResponsesException {
        BitSet open = new BitSet(index.size());
        int found = 0;
        for (int number = shard.number(); number < index.size(); number += shard.count()) {
            if (!answered.isEmpty() && answered.contains(load(number).customId())) {
                found++;
            } else {
                open.set(number);
            }
        }
        if (found < answered.size()) {
            throw new ForeignResponsesException(answered.size() - found);
        }
        return open;
    }

    /** The place of a request's route in the index. */
    public int route(int number) {
        return index.route(number);
    }

    /** The place of a request's vendor in the vendors file. */
    public int vendor(int number) {
        return index.routes().get(index.route(number)).vendor();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
