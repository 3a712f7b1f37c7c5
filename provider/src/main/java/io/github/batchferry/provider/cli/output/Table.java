package io.github.batchferry.provider.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows of equally many cells, set in columns. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all rows have as many cells. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The rows as lines, columns aligned with blanks, for people. */
    public List<String> aligned() {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> align(row, widths)).toList();
    }

    /** The rows as lines, cells divided by tabs, for programs. */
    public List<String> tabSeparated() {
        return rows.stream().map(row -> String.join("\t", row)).toList();
    }

    private static String align(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : GAP)
                    .append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }
}
