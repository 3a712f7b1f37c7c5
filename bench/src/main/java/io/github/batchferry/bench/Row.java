package io.github.batchferry.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table.
 *
 * @param subject the program
 * @param what was measured, under which conditions
 * @param values one for each round, the median counts
 * @param unit after the value; {@code x} for a ratio
 * @param bound what a ratio is relative to, or the other condition that was held
 * @param goal most that is allowed; NaN where nothing is promised
 * @param notes what else is to be known, defects above all
 * @param sound whether nothing was lost, failed or paid twice
 */
record Row(
        @JsonProperty("subject") String subject,
        @JsonProperty("what") String what,
        @JsonProperty("values") double[] values,
        @JsonProperty("unit") String unit,
        @JsonProperty("bound") String bound,
        @JsonProperty("goal") double goal,
        @JsonProperty("notes") List<String> notes,
        @JsonProperty("sound") boolean sound) {
    static final String OURS = "batch runner";

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Met, missed, or nothing where there is no goal. */
    String verdict() {
        if (Double.isNaN(goal)) {
            return "–";
        }
        return sound && values.length > 0 && median() <= goal ? "met" : "**missed**";
    }

    String shown() {
        if (values.length == 0) {
            return "–";
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        String range =
                values.length == 1 ? "" : " (" + number(sorted[0]) + "–" + number(sorted[sorted.length - 1]) + ")";
        return number(median()) + " " + unit + range;
    }

    String shownGoal() {
        return Double.isNaN(goal) ? "–" : "≤ " + number(goal) + " " + unit;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }
}
