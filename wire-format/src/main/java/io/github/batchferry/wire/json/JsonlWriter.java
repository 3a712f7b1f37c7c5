package io.github.batchferry.wire.json;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Writes lines of JSONL, each ended by LF, and keeps count of lines and bytes and their SHA-256. Not thread-safe.
 */
public final class JsonlWriter implements Closeable, Flushable {
    private final OutputStream out;
    private final MessageDigest digest;

    // Mutable state
    private long lines;
    private long bytes;

    /** Writes to a stream, which is closed with the writer; buffer it where single lines are small. */
    public JsonlWriter(OutputStream out) {
        this.out = out;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * Writes one line.
     *
     * @param line a JSON value without line breaks
     * @throws IllegalArgumentException if the line holds a line break: it would become two
     */
    public void write(byte[] line) throws IOException {
        for (byte b : line) {
            if (b == '\n' || b == '\r') {
                throw new IllegalArgumentException("a line of JSONL holds a line break");
            }
        }
        append(line);
    }

    /** Writes one line, whose value has no line breaks in any case. */
    public void write(RawJson value) throws IOException {
        append(value.bytes());
    }

    private void append(byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
        digest.update(line);
        digest.update((byte) '\n');
        lines++;
        bytes += line.length + 1L;
    }

    /** Number of lines written. */
    public long lines() {
        return lines;
    }

    /** Number of bytes written, line breaks included. */
    public long bytes() {
        return bytes;
    }

    /** SHA-256 of everything written, as raw bytes; ask once, at the end. */
    public byte[] sha256() {
        return digest.digest();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
