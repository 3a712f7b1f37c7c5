package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Divides a file of requests between lines into parts for the requests branch. The parts are read where they lie. */
final class RequestParts {
    private final Path requests;
    private final long maxBytes;
    private final List<BranchFile> parts = new ArrayList<>();

    private RequestParts(Path requests, long maxBytes) {
        this.requests = requests;
        this.maxBytes = maxBytes;
    }

    /** Parts in the order of the requests, none larger than allowed unless a single line is. */
    static List<BranchFile> of(Path requests) throws IOException {
        return of(requests, BatchFiles.MAX_REQUESTS_PART_BYTES);
    }

    static List<BranchFile> of(Path requests, long maxBytes) throws IOException {
        RequestParts parts = new RequestParts(requests, maxBytes);
        parts.divide();
        return parts.parts;
    }

    private void divide() throws IOException {
        long from = 0;
        long to = 0;
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(requests))) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                long end = line.get().offset() + line.get().bytes().length + 1;
                if (end - from > maxBytes && to > from) {
                    add(from, to);
                    from = to;
                }
                to = end;
            }
        }
        add(from, to);
    }

    private void add(long from, long to) {
        parts.add(new BranchFile(BatchFiles.requestsPart(parts.size()), to - from, () -> open(from, to)));
    }

    private InputStream open(long from, long to) throws IOException {
        FileChannel channel = FileChannel.open(requests, StandardOpenOption.READ);
        channel.position(from);
        return new Section(Channels.newInputStream(channel), to - from);
    }

    /** The next so many bytes of a stream. */
    private static final class Section extends FilterInputStream {
        // Mutable state
        private long left;

        Section(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int count = super.read(b, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(Math.min(n, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
