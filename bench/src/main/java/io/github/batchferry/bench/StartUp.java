package io.github.batchferry.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How soon the first request is at the vendor, with and without a class archive made in the same run. */
final class StartUp implements Scenario {
    /** The first JDK that makes an AOT cache in one step (JEP 514). */
    private static final int AOT_CACHE = 25;

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
            Path archive = setting.scratch().resolve("runner-" + jdk + ".jsa");
            Files.deleteIfExists(archive);
            run(setting, jdk, requests, making(jdk) + archive);
            Tries with = Tries.ours(jdk);
            Tries without = Tries.ours(jdk);
            int rounds = setting.quick() ? 1 : setting.rounds() * 2 + 1;
            for (int round = 0; round < rounds; round++) {
                with.add(run(setting, jdk, requests, using(jdk) + archive));
                without.add(run(setting, jdk, requests, "-Xshare:auto"));
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

    private static String making(int jdk) {
        return jdk >= AOT_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    }

    private static String using(int jdk) {
        return jdk >= AOT_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    }

    private static Outcome run(Setting setting, int jdk, Requests requests, String flag) throws Exception {
        List<String> flags = new ArrayList<>(setting.flags());
        flags.add(flag);
        return new Runs(setting).ours(jdk, flags, requests, 8, "10m");
    }
}
