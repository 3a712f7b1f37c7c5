package io.github.batchferry.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The runs of one program under the same conditions, of which rows are made. */
final class Tries {
    private final String subject;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    // Mutable state
    private boolean sound = true;

    Tries(String subject) {
        this.subject = subject;
    }

    static Tries ours(int jdk) {
        return new Tries(Row.OURS + ", JDK " + jdk);
    }

    static Tries oursWithArchive(int jdk) {
        return new Tries(Row.OURS + ", JDK " + jdk + ", class archive");
    }

    void add(Outcome outcome) {
        List<String> defects = outcome.defects();
        sound &= defects.isEmpty();
        notes.addAll(defects);
        outcomes.add(outcome);
        System.out.printf(
                java.util.Locale.ROOT,
                "    %-26s wall %.2f s, span %.2f s, cpu %.3f ms/request, rss %d MB, 429 %.2f %% %s%n",
                subject,
                outcome.wall(),
                outcome.span(),
                outcome.cpuMillisPerRequest(),
                outcome.measured().peakRssKb() / 1024,
                outcome.share429() * 100,
                String.join(", ", defects));
    }

    /** The last run. */
    Outcome last() {
        return outcomes.get(outcomes.size() - 1);
    }

    Row row(String what, String unit, String bound, double goal, ToDoubleFunction<Outcome> value) {
        return new Row(subject, what, values(value), unit, bound, goal, List.copyOf(notes), sound);
    }

    /** A row that promises nothing. */
    Row row(String what, String unit, ToDoubleFunction<Outcome> value) {
        return row(what, unit, "", Double.NaN, value);
    }

    private double[] values(ToDoubleFunction<Outcome> value) {
        return outcomes.stream().mapToDouble(value).toArray();
    }
}
