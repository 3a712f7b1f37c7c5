package io.github.batchferry.github;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A body that tells how it began when it is closed. Not thread-safe. */
final class WatchedBody extends FilterInputStream {
    /** How much of a body is told. */
    static final int LONGEST_BYTES = 2 << 10;

    private final Consumer<String> told;
    // Mutable state
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private boolean closed;

    WatchedBody(InputStream body, Consumer<String> told) {
        super(body);
        this.told = told;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        if (read > 0 && beginning.size() < LONGEST_BYTES) {
            beginning.write(bytes, from, Math.min(read, LONGEST_BYTES - beginning.size()));
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (!closed) {
            closed = true;
            told.accept(beginning.toString(StandardCharsets.UTF_8));
        }
    }
}
