package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.JobLogs;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Log of a job, each line with its time in front and without secrets. Lines go to disk as they come. Thread-safe.
 */
final class JobLog implements Closeable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ADD_MASK = "::add-mask::";
    private static final int LONGEST_LINE = 128 * 1024;

    private final JobLogs logs;
    private final Clock clock;
    private final SecretMask mask;

    // Mutable state
    private OutputStream out;

    /** Opens a log at its first step; it goes on where it was left. */
    JobLog(JobLogs logs, Clock clock, SecretMask mask) throws IOException {
        this.logs = logs;
        this.clock = clock;
        this.mask = mask;
        this.out = logs.append(1);
    }

    /** Lines belong to this step from now on, also those of processes that earlier steps left behind. */
    synchronized void step(int number) throws IOException {
        out.close();
        out = logs.append(number);
    }

    /** Writes one line. */
    synchronized void line(String text) {
        String line = TIME.format(clock.instant()) + " " + mask.apply(text) + "\n";
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the log of a job", e);
        }
    }

    /** Writes a text of several lines. */
    void lines(String text) {
        text.lines().forEach(this::line);
    }

    /** Writes an error as GitHub marks it. */
    void error(String message) {
        line("##[error]" + message);
    }

    /** Writes what a process says until it says no more; a line without end is written in pieces. */
    void copy(InputStream in) throws IOException {
        Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        StringBuilder pending = new StringBuilder();
        char[] chunk = new char[8192];
        int count;
        while ((count = reader.read(chunk)) >= 0) {
            pending.append(chunk, 0, count);
            writeWholeLines(pending);
            if (pending.length() > LONGEST_LINE) {
                int cut = mask.safeCut(pending);
                pending.substring(0, cut).lines().forEach(this::output);
                pending.delete(0, cut);
            }
        }
        if (!pending.isEmpty()) {
            output(pending.toString());
        }
    }

    private void writeWholeLines(StringBuilder pending) {
        int start = 0;
        int end;
        while ((end = pending.indexOf("\n", start)) >= 0) {
            boolean carriageReturn = end > start && pending.charAt(end - 1) == '\r';
            output(pending.substring(start, carriageReturn ? end - 1 : end));
            start = end + 1;
        }
        pending.delete(0, start);
    }

    private void output(String line) {
        if (line.startsWith(ADD_MASK)) {
            mask.add(unescape(line.substring(ADD_MASK.length())));
            line(ADD_MASK + "***");
        } else {
            line(line);
        }
    }

    private static String unescape(String data) {
        return data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
