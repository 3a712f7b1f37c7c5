package io.github.batchferry.github;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the last lines of a text that passes by, in memory by the number of lines, not by the length of the text. */
final class LogTail {
    private static final int LONGEST_LINE = 10_000;

    private final int lines;
    // Mutable state
    private final Deque<String> last = new ArrayDeque<>();

    private LogTail(int lines) {
        this.lines = lines;
    }

    /**
     * Reads a UTF-8 text to its end.
     *
     * @return the last lines, oldest first, without line ends and byte order mark; longer ones than 10,000 characters are cut
     */
    static List<String> of(InputStream text, int lines) throws IOException {
        LogTail tail = new LogTail(lines);
        tail.read(new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8)));
        return List.copyOf(tail.last);
    }

    private void read(BufferedReader text) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean open = false;
        for (int c = text.read(); c >= 0; c = text.read()) {
            open = c != '\n';
            if (c == '\n') {
                add(line);
            } else if (line.length() < LONGEST_LINE && c != '\uFEFF') {
                line.append((char) c);
            }
        }
        if (open) {
            add(line);
        }
    }

    private void add(StringBuilder line) {
        int end = line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? line.length() - 1 : line.length();
        last.addLast(line.substring(0, end));
        line.setLength(0);
        if (last.size() > lines) {
            last.removeFirst();
        }
    }
}
