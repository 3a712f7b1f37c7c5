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
     * @param latency how long answers take
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
            Latency latency,
            double goal,
            double goal429,
            boolean peers,
            String... options) {
        /** T*: the tightest of all bounds, and what the last answers take from then on. */
        double bound(Outcome outcome) {
            double tokens = outcome.stats().path("prompt_tokens").asDouble()
                    + outcome.stats().path("completion_tokens").asDouble();
            double byRequests = perSecond == 0 ? 0 : (requests - burst) / perSecond;
            double byTokens = tokensPerSecond == 0 ? 0 : (tokens - tokenBurst) / tokensPerSecond;
            double byConcurrency = requests * latency.mean() / (cap == 0 ? concurrency : cap);
            double sending = Math.max(Math.max(byRequests, byTokens), byConcurrency);
            return sending + latency.tail(requests / sending);
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
        return "Span relative to T* = max((N − B)/R, (tokens − Bt)/T, N × latency ÷ cap) + L, with bucket sizes B, refill "
                + "rates R, and L the expected time that the last of the answers under way takes; and the share of 429s among "
                + "all requests. The batch runner is told nothing of the limits. "
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
            return List.of(second(200, 50, 20, "announced", true, false));
        }
        Latency model = new Latency(1.5, 0.5);
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
                        model,
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
                        model,
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
                second(1000, 50, 20, "announced", true, false),
                second(1000, 50, 100, "announced", true, false),
                // few, for the sake of those who take long
                second(200, 50, 20, "announced", true, true),
                second(3000, 100, 200, "no headers, no hint", false, false),
                new Case(
                        "hidden cap of 64 at once, N=5,000",
                        5000,
                        200,
                        0,
                        0,
                        0,
                        0,
                        64,
                        new Latency(0.4, 0.5),
                        1.30,
                        2,
                        false,
                        "--cap",
                        "64",
                        "--lognormal",
                        "400",
                        "0.5"));
    }

    /** Latency 200 ms, and a bucket that is full after a second. */
    private static Case second(
            int requests, int perSecond, int concurrency, String how, boolean announced, boolean peers) {
        List<String> options = new ArrayList<>(
                List.of("--rpm", Integer.toString(60 * perSecond), "--bucket", "1", "--latency", "200"));
        if (announced) {
            options.addAll(List.of("--announce", "--hint", "milliseconds"));
        }
        return new Case(
                String.format(
                        Locale.ROOT,
                        "%,d requests a minute, 1 s bucket, %s, N=%,d, up to %d at once",
                        60 * perSecond,
                        how,
                        requests,
                        concurrency),
                requests,
                concurrency,
                perSecond,
                perSecond,
                0,
                0,
                0,
                new Latency(0.2, 0),
                1.10,
                2,
                peers,
                options.toArray(String[]::new));
    }
}
