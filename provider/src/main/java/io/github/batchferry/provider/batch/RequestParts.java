package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.wire.BatchFiles;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a file of requests, each line ended by LF, between lines into parts for the requests branch. The parts are read
 * where they lie.
 */
final class RequestParts {
    private static final int CHUNK = 8 * 1024;

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
        try (FileChannel file = FileChannel.open(requests, StandardOpenOption.READ)) {
            long from = 0;
            do {
                long to = end(file, from);
                add(from, to);
                from = to;
            } while (from < file.size());
        }
    }

    /** Where the last line ends that lies within the limit, or else the first. Reads no more than it takes to see that. */
    private long end(FileChannel file, long from) throws IOException {
        if (file.size() - from <= maxBytes) {
            return file.size();
        }
        long limit = from + maxBytes;
        for (long to = limit; to > from; to = Math.max(from, to - CHUNK)) {
            byte[] chunk = read(file, Math.max(from, to - CHUNK), to);
            for (int i = chunk.length - 1; i >= 0; i--) {
                if (chunk[i] == '\n') {
                    return to - chunk.length + i + 1;
                }
            }
        }
        return firstEnd(file, limit);
    }

    private static long firstEnd(FileChannel file, long from) throws IOException {
        for (long at = from; at < file.size(); at += CHUNK) {
            byte[] chunk = read(file, at, Math.min(file.size(), at + CHUNK));
            for (int i = 0; i < chunk.length; i++) {
                if (chunk[i] == '\n') {
                    return at + i + 1;
                }
            }
        }
        return file.size();
    }

    private static byte[] read(FileChannel file, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // until the chunk is full
        }
        return bytes.array();
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
