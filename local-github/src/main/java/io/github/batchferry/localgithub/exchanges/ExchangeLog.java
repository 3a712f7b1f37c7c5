package io.github.batchferry.localgithub.exchanges;

import io.github.batchferry.localgithub.json.Json;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * A file of exchanges, one in JSON per line. Every log has a file of its own, so that servers of several processes can
 * share a folder and one that is killed breaks no line but its last. Thread-safe.
 */
public final class ExchangeLog implements Closeable {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Clock clock;
    private final OutputStream file;

    // Mutable state
    private int underWay;

    private ExchangeLog(Clock clock, OutputStream file) {
        this.clock = clock;
        this.file = file;
    }

    /**
     * Begins a file in a folder, which is created if need be; only its owner may read it.
     *
     * @throws IOException if there can be no such file
     */
    public static ExchangeLog in(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        String name =
                NAME.format(clock.instant()) + "-" + ProcessHandle.current().pid() + "-";
        Path file = Files.createTempFile(
                folder,
                name,
                ".jsonl",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // not a channel: an interrupted thread would close it for all others
        return new ExchangeLog(clock, new FileOutputStream(file.toFile(), true));
    }

    Clock clock() {
        return clock;
    }

    /** Announces an exchange; each is to be followed by {@link #end}. */
    synchronized void begin() {
        underWay++;
    }

    /** Writes an exchange that was announced. */
    synchronized void end(Exchange exchange) throws IOException {
        try {
            byte[] line = Json.bytes(exchange);
            byte[] whole = Arrays.copyOf(line, line.length + 1);
            whole[line.length] = '\n';
            file.write(whole);
        } finally {
            underWay--;
            notifyAll();
        }
    }

    /** Waits for the exchanges under way, for five seconds at most, and closes the file. */
    @Override
    public synchronized void close() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            for (long left = PATIENCE_NANOS; underWay > 0 && left > 0; left = end - System.nanoTime()) {
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
