package io.github.batchferry.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files and lines of numbered things, in four bytes each. */
final class LinePlaces {
    private static final int CHUNK = 1 << 13;

    private final List<int[]> lines = new ArrayList<>();
    private final TreeMap<Integer, String> files = new TreeMap<>(); // by the first number in them

    // Mutable state
    private int size;

    /** Adds the place of the next number. */
    void add(String file, long line) {
        Map.Entry<Integer, String> last = files.lastEntry();
        if (last == null || !last.getValue().equals(file)) {
            files.put(size, file);
        }
        if (size % CHUNK == 0) {
            lines.add(new int[CHUNK]);
        }
        lines.get(size / CHUNK)[size % CHUNK] = Math.toIntExact(line);
        size++;
    }

    /** A place in words: {@code requests.jsonl:12}. */
    String of(int number) {
        return files.floorEntry(number).getValue() + ":" + lines.get(number / CHUNK)[number % CHUNK];
    }
}
