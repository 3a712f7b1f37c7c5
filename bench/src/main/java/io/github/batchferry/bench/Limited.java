package io.github.batchferry.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Under the limits of a vendor: how close to them, and how many rejections it takes. */
final class Limited implements Scenario {
    /**
     * A vendor with limits.
     *
     * @param burst requests that fit into the full bucket
     * @param perSecond its refill; 0 if requests are not limited
     * @param tokensPerSecond refill of the tokens' bucket; 0 if they are not limited
     * @param cap requests at once; 0 for no cap
     * @param meanLatency in seconds
     * @param peers whether others are measured, too
     */
    private record Case(
            String what,
            int requests,
            int concurrency,
            double burst,
            double perSecond,
            double tokenBurst,
            double tokensPerSecond,
            int cap,
            double meanLatency,
            double goal,
            double goal429,
            boolean peers,
            String... options) {
        /** T* of the reference: the tightest of all bounds, and the expected latency of the last answer. */
        double bound(Outcome outcome) {
            double tokens = outcome.stats().path("prompt_tokens").asDouble()
                    + outcome.stats().path("completion_tokens").asDouble();
            double byRequests = perSecond == 0 ? 0 : (requests - burst) / perSecond;
            double byTokens = tokensPerSecond == 0 ? 0 : (tokens - tokenBurst) / tokensPerSecond;
            int most = cap == 0 ? concurrency : cap;
            return Math.max(Math.max(byRequests, byTokens), requests * meanLatency / most) + meanLatency;
        }
    }

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public String title() {
        return "Under a limit";
    }

    @Override
    public String conditions() {
        return "Span relative to T* = max((N − B)/R, (tokens − Bt)/T, N × latency ÷ cap) + latency, with bucket sizes B and "
                + "refill rates R; and the share of 429s among all requests. The batch runner is told nothing of the limits. "
                + "It may have more calls under way than the vendor allows.";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Runs runs = new Runs(setting);
        int rounds = setting.quick() ? 1 : Math.min(3, setting.rounds());
        List<Row> rows = new ArrayList<>();
        for (Case one : cases(setting.quick())) {
            Requests requests = runs.requests(one.requests());
            Tries ours = Tries.ours(setting.newest());
            for (int round = 0; round < rounds; round++) {
                ours.add(runs.ours(setting.newest(), requests, one.concurrency(), one.options()));
            }
            rows.addAll(rows(ours, one, true));
            if (one.peers()) {
                for (Peer peer : Bench.peers(setting)) {
                    Tries theirs = new Tries(peer.subject() + ", " + one.concurrency() + " at once");
                    for (int round = 0; round < rounds; round++) {
                        theirs.add(runs.peer(peer, requests, one.concurrency(), one.options()));
                    }
                    rows.addAll(rows(theirs, one, false));
                }
            }
        }
        return rows;
    }

    private static List<Row> rows(Tries tries, Case one, boolean promised) {
        String bound = String.format(Locale.ROOT, "T* = %.1f s", one.bound(tries.last()));
        return List.of(
                tries.row(
                        one.what() + ": time",
                        "x",
                        bound,
                        promised ? one.goal() : Double.NaN,
                        outcome -> outcome.span() / one.bound(outcome)),
                tries.row(
                        one.what() + ": 429s",
                        "%",
                        "of all requests",
                        promised ? one.goal429() : Double.NaN,
                        outcome -> outcome.share429() * 100));
    }

    private static List<Case> cases(boolean quick) {
        if (quick) {
            return List.of(second(60, 20, "announced", true, 1.10, false));
        }
        double median = 1.5;
        double mean = median * Math.exp(0.5 * 0.5 / 2);
        double shortMean = 0.4 * Math.exp(0.5 * 0.5 / 2);
        return List.of(
                new Case(
                        "1,200 requests a minute, 60 s bucket, announced, N=2,000",
                        2000,
                        400,
                        1200,
                        20,
                        0,
                        0,
                        0,
                        mean,
                        1.05,
                        0.5,
                        false,
                        "--rpm",
                        "1200",
                        "--bucket",
                        "60",
                        "--announce",
                        "--hint",
                        "milliseconds",
                        "--lognormal",
                        "1500",
                        "0.5"),
                new Case(
                        "120,000 tokens a minute, 60 s bucket, announced, N=1,500",
                        1500,
                        400,
                        0,
                        0,
                        120_000,
                        2000,
                        0,
                        mean,
                        1.05,
                        0.5,
                        false,
                        "--tpm",
                        "120000",
                        "--rpm",
                        "100000",
                        "--bucket",
                        "60",
                        "--announce",
                        "--hint",
                        "milliseconds",
                        "--lognormal",
                        "1500",
                        "0.5"),
                second(200, 20, "announced", true, 1.10, true),
                second(200, 100, "announced", true, 1.10, true),
                second(300, 100, "no headers, no hint", false, 1.10, false),
                new Case(
                        "hidden cap of 64 at once, N=5,000",
                        5000,
                        200,
                        0,
                        0,
                        0,
                        0,
                        64,
                        shortMean,
                        1.30,
                        2,
                        false,
                        "--cap",
                        "64",
                        "--lognormal",
                        "400",
                        "0.5"));
    }

    /** Ten requests a second, latency 200 ms. */
    private static Case second(
            int requests, int concurrency, String how, boolean announced, double goal, boolean peers) {
        List<String> options = new ArrayList<>(List.of("--rpm", "600", "--bucket", "1", "--latency", "200"));
        if (announced) {
            options.addAll(List.of("--announce", "--hint", "milliseconds"));
        }
        return new Case(
                "600 requests a minute, 1 s bucket, " + how + ", N=" + requests + ", up to " + concurrency + " at once",
                requests,
                concurrency,
                10,
                10,
                0,
                0,
                0,
                0.2,
                goal,
                2,
                peers,
                options.toArray(String[]::new));
    }
}
