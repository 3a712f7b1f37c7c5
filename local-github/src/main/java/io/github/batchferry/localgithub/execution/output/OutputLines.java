package io.github.batchferry.localgithub.execution.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts what a process says into lines; a line without end is given on in pieces, never cut within a secret. */
final class OutputLines {
    private static final int LONGEST = 128 * 1024;

    private final SecretMask mask;
    private final Consumer<String> sink;

    // Mutable state
    private final StringBuilder pending = new StringBuilder();

    private OutputLines(SecretMask mask, Consumer<String> sink) {
        this.mask = mask;
        this.sink = sink;
    }

    /** Reads UTF-8 to its end, and gives on each line as soon as it is whole. */
    static void copy(InputStream in, SecretMask mask, Consumer<String> sink) throws IOException {
        new OutputLines(mask, sink).copy(in);
    }

    private void copy(InputStream in) throws IOException {
        Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        char[] chunk = new char[8192];
        int count;
        while ((count = reader.read(chunk)) >= 0) {
            pending.append(chunk, 0, count);
            giveWholeLines();
            if (pending.length() > LONGEST) {
                int cut = mask.safeCut(pending);
                pending.substring(0, cut).lines().forEach(sink);
                pending.delete(0, cut);
            }
        }
        if (!pending.isEmpty()) {
            sink.accept(pending.toString());
        }
    }

    private void giveWholeLines() {
        int start = 0;
        int end;
        while ((end = pending.indexOf("\n", start)) >= 0) {
            boolean carriageReturn = end > start && pending.charAt(end - 1) == '\r';
            sink.accept(pending.substring(start, carriageReturn ? end - 1 : end));
            start = end + 1;
        }
        pending.delete(0, start);
    }
}
