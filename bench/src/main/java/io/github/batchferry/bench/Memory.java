package io.github.batchferry.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether memory grows with the number of requests. */
final class Memory implements Scenario {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "Memory, concurrency 64, `-Xmx64m`, latency 1 ms";
    }

    @Override
    public String conditions() {
        return "Largest resident set of the whole process, fetching, planning and pushing included; see the plot below.";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Runs runs = new Runs(setting);
        int many = setting.quick() ? 50_000 : 1_000_000;
        List<String> flags = new ArrayList<>(setting.flags());
        flags.removeIf(flag -> flag.startsWith("-Xmx") || flag.startsWith("-Xmn"));
        // the workflow's flags, for a heap of a quarter
        flags.add("-Xmx64m");
        flags.add("-Xmn44m");
        Tries few = Tries.ours(setting.newest());
        Tries lots = Tries.ours(setting.newest());
        Requests requests = runs.requests(10_000);
        for (int round = 0; round < setting.rounds(); round++) {
            few.add(runs.ours(setting.newest(), flags, requests, 64, "10m", "--latency", "1"));
        }
        lots.add(runs.ours(setting.newest(), flags, runs.requests(many), 64, "10m", "--latency", "1"));
        Path plot = setting.scratch().resolveSibling("results").resolve("memory.svg");
        MemoryPlot.write(
                plot, few.last().measured().rss(), lots.last().measured().rss(), many);
        Row base = few.row(
                "peak memory at 10,000 requests",
                "MB",
                outcome -> outcome.measured().peakRssKb() / 1024.0);
        String at = String.format(java.util.Locale.ROOT, " at %,d requests", many);
        return List.of(
                base,
                lots.row(
                        "peak memory" + at,
                        "MB",
                        "",
                        160,
                        outcome -> outcome.measured().peakRssKb() / 1024.0),
                lots.row(
                        "growth" + at,
                        "x",
                        "peak at 10,000 requests",
                        1.1,
                        outcome -> outcome.measured().peakRssKb() / 1024.0 / base.median()),
                lots.row("CPU per request" + at, "ms", Outcome::cpuMillisPerRequest),
                lots.row("requests a second" + at, "", outcome -> outcome.requests() / outcome.span()));
    }
}
