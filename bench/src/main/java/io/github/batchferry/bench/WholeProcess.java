package io.github.batchferry.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the start of the process to its end, beside what others use. */
final class WholeProcess implements Scenario {
    private static final int LATENCY = 200;

    @Override
    public String name() {
        return "whole-process";
    }

    @Override
    public String title() {
        return "Whole process, 500 requests, latency 200 ms, side by side";
    }

    @Override
    public String conditions() {
        return "Wall time from the start of the process to its end, relative to requests × latency ÷ concurrency; for the "
                + "batch runner that includes fetching, planning and pushing the results with git. The programs take turns "
                + "within each round. The class archive is made by a run before. promptfoo: OpenAI provider, caching off; openai-java: one thread for each call.";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Runs runs = new Runs(setting);
        Requests requests = runs.requests(500);
        List<Row> rows = new ArrayList<>();
        for (int concurrency : new int[] {20, 100}) {
            rows.addAll(run(setting, runs, requests, concurrency));
        }
        return rows;
    }

    private static List<Row> run(Setting setting, Runs runs, Requests requests, int concurrency) throws Exception {
        String[] vendor = {"--latency", Integer.toString(LATENCY)};
        Map<Integer, Tries> ours = new LinkedHashMap<>();
        Map<Peer, Tries> peers = new LinkedHashMap<>();
        setting.newestAndOldest().forEach(jdk -> ours.put(jdk, Tries.ours(jdk)));
        ClassArchive archive = ClassArchive.make(setting, setting.newest(), requests, concurrency, vendor);
        Tries archived = Tries.oursWithArchive(setting.newest());
        for (Peer peer : Bench.peers(setting)) {
            peers.put(peer, new Tries(peer.subject()));
        }
        for (int round = 0; round < setting.rounds(); round++) {
            for (Map.Entry<Integer, Tries> one : ours.entrySet()) {
                one.getValue().add(runs.ours(one.getKey(), requests, concurrency, vendor));
            }
            archived.add(runs.ours(setting.newest(), archive.flags(setting), requests, concurrency, "10m", vendor));
            for (Map.Entry<Peer, Tries> one : peers.entrySet()) {
                one.getValue().add(runs.peer(one.getKey(), requests, concurrency, vendor));
            }
        }
        double ideal = requests.count() * LATENCY / 1000.0 / concurrency;
        double goal = concurrency == 20 ? 1.20 : 1.75;
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows(archived, concurrency, ideal, goal));
        ours.forEach((jdk, tries) ->
                rows.addAll(rows(tries, concurrency, ideal, jdk == setting.newest() ? goal : Double.NaN)));
        peers.values().forEach(tries -> rows.addAll(rows(tries, concurrency, ideal, Double.NaN)));
        return rows;
    }

    private static List<Row> rows(Tries tries, int concurrency, double ideal, double goal) {
        String at = ", concurrency " + concurrency;
        return List.of(
                tries.row("wall time" + at, "x", ideal + " s", goal, outcome -> outcome.wall() / ideal),
                tries.row("span" + at, "x", ideal + " s", Double.NaN, outcome -> outcome.span() / ideal),
                tries.row("CPU per request" + at, "ms", Outcome::cpuMillisPerRequest),
                tries.row(
                        "peak memory" + at, "MB", outcome -> outcome.measured().peakRssKb() / 1024.0));
    }
}
