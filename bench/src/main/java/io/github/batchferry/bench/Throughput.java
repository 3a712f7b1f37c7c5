package io.github.batchferry.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As fast as the vendor's latency allows: no limits, many requests. */
final class Throughput implements Scenario {
    private record Level(int concurrency, int latencyMillis, double goal) {
        double ideal(int requests) {
            return (double) requests * latencyMillis / 1000 / concurrency;
        }
    }

    private static final List<Level> LEVELS =
            List.of(new Level(100, 200, 1.03), new Level(500, 200, 1.08), new Level(2000, 1000, 1.10));

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String title() {
        return "No limit, 20,000 requests";
    }

    @Override
    public String conditions() {
        return "Span from the first request's arrival to the last good answer, as the vendor saw it, relative to requests × "
                + "latency ÷ concurrency. Includes parsing, cost, redaction and the journal.";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Runs runs = new Runs(setting);
        int count = setting.quick() ? 2000 : 20_000;
        Requests requests = runs.requests(count);
        List<Row> rows = new ArrayList<>();
        for (Level level : LEVELS) {
            if (setting.concurrency() != 0 && setting.concurrency() != level.concurrency()) {
                continue;
            }
            Map<Integer, Tries> all = new LinkedHashMap<>();
            setting.newestAndOldest().forEach(jdk -> all.put(jdk, Tries.ours(jdk)));
            for (int round = 0; round < setting.rounds(); round++) {
                for (Map.Entry<Integer, Tries> one : all.entrySet()) {
                    one.getValue().add(run(runs, one.getKey(), requests, level));
                }
            }
            all.forEach((jdk, tries) -> rows.addAll(rows(tries, level, count, jdk == setting.newest())));
            if (level.concurrency() == 100) {
                rows.add(ledger(all.get(setting.newest()).last()));
            }
        }
        return rows;
    }

    private static List<Row> rows(Tries tries, Level level, int count, boolean promised) {
        double ideal = level.ideal(count);
        String at = ", concurrency " + level.concurrency();
        return List.of(
                tries.row(
                        "span" + at + ", latency " + level.latencyMillis() + " ms",
                        "x",
                        ideal + " s",
                        promised ? level.goal() : Double.NaN,
                        outcome -> outcome.span() / ideal),
                tries.row(
                        "CPU per request" + at,
                        "ms",
                        "whole process",
                        promised && level.concurrency() == 100 ? 0.5 : Double.NaN,
                        Outcome::cpuMillisPerRequest),
                tries.row("peak memory" + at, "MB", Throughput::megabytes));
    }

    private static double megabytes(Outcome outcome) {
        return outcome.measured().peakRssKb() / 1024.0;
    }

    private static Outcome run(Runs runs, int jdk, Requests requests, Level level) throws Exception {
        return runs.ours(
                jdk,
                requests,
                level.concurrency(),
                "--latency",
                Integer.toString(level.latencyMillis()),
                "--words",
                "20");
    }

    /** The difference between two books that were kept by two programs. */
    private static Row ledger(Outcome outcome) {
        BigDecimal difference = outcome.costDifference();
        String tokens = outcome.tokensAgree() ? "token totals agree" : "token totals differ";
        double[] values = difference == null
                ? new double[0]
                : new double[] {difference.abs().doubleValue()};
        return new Row(
                Row.OURS,
                "cost, difference from the vendor's ledger",
                values,
                "µ$",
                "",
                0,
                List.of(difference == null ? tokens + ", but the runner knows no price" : tokens),
                outcome.tokensAgree() && outcome.defects().isEmpty());
    }
}
