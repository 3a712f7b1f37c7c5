package io.github.batchferry.localgithub.execution.output;

import io.github.batchferry.localgithub.store.JobLogs;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Log of a job, each line with its time in front and without secrets. Lines go to disk as they come. Thread-safe.
 */
public final class JobLog implements Closeable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final JobLogs logs;
    private final Clock clock;
    private final SecretMask mask;

    // Mutable state
    private int step = 1;
    private OutputStream out; // null until the step says something
    private boolean closed;

    /** Opens a log at its first step; each step goes on where it was left. */
    public JobLog(JobLogs logs, Clock clock, SecretMask mask) {
        this.logs = logs;
        this.clock = clock;
        this.mask = mask;
    }

    /** Lines belong to this step from now on, also those of processes that earlier steps left behind. */
    public synchronized void step(int number) {
        try {
            closeFile();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the log of a job", e);
        }
        step = number;
    }

    /** Writes a line; a text of several becomes as many. */
    public synchronized void line(String text) {
        String masked = mask.apply(text);
        if (masked.indexOf('\n') >= 0 || masked.indexOf('\r') >= 0) {
            masked.lines().forEach(this::write);
        } else {
            write(masked);
        }
    }

    private void write(String line) {
        if (closed) {
            return; // its job is over: there is nobody to tell
        }
        try {
            if (out == null) {
                out = logs.append(step);
            }
            out.write((TIME.format(clock.instant()) + " " + line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the log of a job", e);
        }
    }

    private void closeFile() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        closeFile();
    }
}
