package io.github.batchferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Single runs, each with a mock vendor of its own. */
final class Runs {
    private static final long LIMIT_SECONDS = 1800;

    private final Setting setting;

    Runs(Setting setting) {
        this.setting = setting;
    }

    Requests requests(int count) throws IOException {
        Path file = setting.scratch().resolve("requests-" + count + ".jsonl");
        if (Files.exists(file)) {
            Files.delete(file);
        }
        return Requests.write(count, file);
    }

    /** The batch runner with the workflow's flags and no time limit that matters. */
    Outcome ours(int jdk, Requests requests, int concurrency, String... vendor) throws Exception {
        return ours(jdk, setting.flags(), requests, concurrency, "10m", vendor);
    }

    /**
     * The batch runner.
     *
     * @param timeout of one call
     * @param vendorOptions of the mock vendor
     */
    Outcome ours(
            int jdk, List<String> flags, Requests requests, int concurrency, String timeout, String... vendorOptions)
            throws Exception {
        try (VendorProcess vendor = VendorProcess.start(setting, vendorOptions);
                RunnerJob job = new RunnerJob(setting, requests)) {
            return job.run(vendor, jdk, flags, concurrency, timeout, LIMIT_SECONDS);
        }
    }

    /** Another program. */
    Outcome peer(Peer peer, Requests requests, int concurrency, String... vendorOptions) throws Exception {
        Path folder = Files.createTempDirectory(setting.scratch(), "peer-");
        try (VendorProcess vendor = VendorProcess.start(setting, vendorOptions)) {
            List<String> command = peer.prepare(folder, vendor.base(), requests, concurrency);
            Measured measured = new MeasuredProcess(folder, peer.environment(folder), LIMIT_SECONDS).run(command);
            String log = measured.exit() == 0 ? "" : MeasuredProcess.tail(folder, 600);
            return new Outcome(measured, vendor.stats(), null, requests.count(), log);
        } finally {
            RunnerJob.delete(folder);
        }
    }
}
