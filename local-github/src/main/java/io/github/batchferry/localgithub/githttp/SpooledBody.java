package io.github.batchferry.localgithub.githttp;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A request body that was received whole before anybody reads it. Up to 1 MB is held in memory, more goes to a temporary
 * file, which closing removes. JGit skips to the end of a body, which hangs on the stream of the JDK's server.
 */
final class SpooledBody implements Closeable {
    private static final int IN_MEMORY = 1 << 20;
    private static final int CHUNK = 64 << 10;

    private final byte[] memory;
    private final Path file;
    private final long size;

    private SpooledBody(byte[] memory, Path file, long size) {
        this.memory = memory;
        this.file = file;
        this.size = size;
    }

    /**
     * Receives a body.
     *
     * @param folder where a large one is kept meanwhile
     * @param largest bytes that are taken at most
     * @throws IOException if there are more, or the connection breaks
     */
    static SpooledBody receive(InputStream in, Path folder, long largest) throws IOException {
        byte[] head = in.readNBytes(IN_MEMORY);
        if (head.length < IN_MEMORY) {
            return new SpooledBody(head, null, head.length);
        }
        Path file = Files.createTempFile(folder, "body", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(head);
            return new SpooledBody(new byte[0], file, head.length + copy(in, out, largest - head.length));
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    private static long copy(InputStream in, OutputStream out, long largest) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        int count;
        while ((count = in.read(chunk)) >= 0) {
            total += count;
            if (total > largest) {
                throw new IOException("the push is larger than 2 GiB");
            }
            out.write(chunk, 0, count);
        }
        return total;
    }

    /** Opens the body from its start. */
    InputStream open() throws IOException {
        return file == null
                ? new ByteArrayInputStream(memory)
                : new Bounded(new BufferedInputStream(Files.newInputStream(file), CHUNK), size);
    }

    /** Whether it is in a file. */
    boolean onDisk() {
        return file != null;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /** Never skips over its end, as streams of files may. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
