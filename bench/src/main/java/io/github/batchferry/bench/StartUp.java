package io.github.batchferry.bench;

import java.util.ArrayList;
import java.util.List;

/** How soon the first request is at the vendor, with and without a class archive made in the same run. */
final class StartUp implements Scenario {
    private static final int CONCURRENCY = 8;

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public String title() {
        return "Start-up, from the start of the process to the first request at the vendor";
    }

    @Override
    public String conditions() {
        return "One inline request; includes the look for earlier results over git. The class archive is made by the run "
                + "before: an AOT cache (-XX:AOTCacheOutput) where the JDK has it, else AppCDS (-XX:ArchiveClassesAtExit).";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Runs runs = new Runs(setting);
        Requests requests = runs.requests(1);
        List<Row> rows = new ArrayList<>();
        for (int jdk : setting.newestAndOldest()) {
            ClassArchive archive = ClassArchive.make(setting, jdk, requests, CONCURRENCY);
            Tries with = Tries.ours(jdk);
            Tries without = Tries.ours(jdk);
            int rounds = setting.quick() ? 1 : setting.rounds() * 2 + 1;
            for (int round = 0; round < rounds; round++) {
                with.add(runs.ours(jdk, archive.flags(setting), requests, CONCURRENCY, "10m"));
                without.add(runs.ours(jdk, requests, CONCURRENCY));
            }
            boolean promised = jdk == setting.newest();
            rows.add(with.row(
                    "first request, with a class archive",
                    "s",
                    "",
                    promised ? 0.35 : Double.NaN,
                    Outcome::firstRequest));
            rows.add(
                    without.row("first request, without", "s", "", promised ? 0.7 : Double.NaN, Outcome::firstRequest));
        }
        return rows;
    }
}
