package io.github.batchferry.bench;

import java.util.ArrayList;
import java.util.List;

/** Everything that can break breaks; only counts matter. */
final class Faulty implements Scenario {
    @Override
    public String name() {
        return "faults";
    }

    @Override
    public String title() {
        return "Faults: 429, 500, 503, 529, stalls, resets, truncated and malformed bodies, each for 5 % of the requests";
    }

    @Override
    public String conditions() {
        return "A limit of 2 s for each call. Every request must end in exactly one response, and none may be sent after its "
                + "good answer went out.";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Runs runs = new Runs(setting);
        Requests requests = runs.requests(setting.quick() ? 300 : 5000);
        Tries tries = Tries.ours(setting.newest());
        tries.add(runs.ours(
                setting.newest(), setting.flags(), requests, 100, "2s", "--latency", "50", "--every-fault", "0.05"));
        return List.of(
                tries.row("requests without exactly one good response", "", "of " + requests.count(), 0, Faulty::wrong),
                tries.row(
                        "requests sent after their good answer",
                        "",
                        "",
                        0,
                        outcome ->
                                outcome.stats().path("requests_after_success").asDouble()),
                tries.row(
                        "requests sent for each answer",
                        "x",
                        outcome -> outcome.stats().path("requests").asDouble() / outcome.requests()));
    }

    private static double wrong(Outcome outcome) {
        if (outcome.results() == null) {
            return outcome.requests();
        }
        List<Integer> counts = new ArrayList<>();
        counts.add(outcome.requests() - outcome.results().answered());
        counts.add(outcome.results().repeated());
        counts.add(outcome.results().answered() - outcome.results().succeeded());
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
