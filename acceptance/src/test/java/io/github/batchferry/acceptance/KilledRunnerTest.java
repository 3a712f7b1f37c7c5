package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.batchferry.mockvendor.MockOptions;
import io.github.batchferry.mockvendor.MockVendor;
import io.github.batchferry.wire.BatchFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the batch runner, again and again: what is on the branch stays, and what is kept is not paid again. */
@SaysNothing("the runner, started by itself, speaks to a GitHub by git alone")
class KilledRunnerTest {
    private static final int REQUESTS = 4000;
    private static final int CONCURRENCY = 16;
    private static final long SEED = 11;

    @TempDir
    Path folder;

    // Mutable state
    private MockVendor vendor;
    private Map<String, String> checkpointed = Map.of();

    @Test
    void twentyKillsLoseNothingThatWasPushedAndPayForNothingTwiceThatWasKept() throws Exception {
        Random random = new Random(SEED);
        Path workspace = folder.resolve("workspace");
        long unknown = 0;
        long lostBefore = 0;
        try (MockVendor mock = vendor();
                RunnerJob job = job(mock)) {
            for (int kill = 0; kill < 20; kill++) {
                killSomewhere(job.start(workspace), 20 + random.nextInt(150));
                assertNothingCheckpointedIsLost(job);
                Set<String> known = onDisk(workspace);
                checkpointed.values().forEach(part -> known.addAll(ids(part)));
                long answered = vendor.stats().good() - vendor.stats().paidDuplicates();
                assertThat(answered - known.size())
                        .as(
                                "answers that nobody knows of: under way at kill %s of seed %s, or lost with a machine before",
                                kill, SEED)
                        .isBetween(0L, lostBefore + CONCURRENCY);
                // a machine of one's own keeps the workspace, GitHub's machines go with the job
                if (random.nextBoolean()) {
                    workspace = folder.resolve("workspace-" + kill);
                    known.clear();
                    checkpointed.values().forEach(part -> known.addAll(ids(part)));
                }
                lostBefore = answered - known.size();
                unknown += lostBefore;
            }
            assertThat(checkpointed).as("there were checkpoints before the end").isNotEmpty();
            finish(job, workspace);
            assertThat(vendor.stats().paidDuplicates())
                    .as("paid twice: what was under way or not pushed at a kill, of seed %s", SEED)
                    .isLessThanOrEqualTo(unknown);
        }
    }

    private MockVendor vendor() {
        vendor = MockVendor.start(MockOptions.standard().withLatency(Duration.ofMillis(20)));
        return vendor;
    }

    private RunnerJob job(MockVendor mock) throws IOException {
        List<String> requests = IntStream.range(0, REQUESTS)
                .mapToObj(i -> "{\"custom_id\":\"r-" + i + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                        + "\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + i + "\"}]}}")
                .toList();
        return RunnerJob.of(folder, requests, mock.baseUrl(), "max_concurrency: " + CONCURRENCY + "\n")
                .variable("FERRY_CHECKPOINT", "200ms");
    }

    /** Kills a process when the vendor has given so many more answers, and waits until the vendor knows of its death. */
    private void killSomewhere(Process runner, int answers) throws InterruptedException {
        long target = vendor.stats().good() + answers;
        await("answers")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    assertThat(runner.isAlive()).as("the runner is at work").isTrue();
                    return vendor.stats().good() >= target;
                });
        runner.destroyForcibly();
        assertThat(runner.waitFor(10, TimeUnit.SECONDS)).isTrue();
        await("no call under way")
                .atMost(Duration.ofSeconds(10))
                .until(() -> vendor.stats().inFlight() == 0);
    }

    private void finish(RunnerJob job, Path workspace) throws Exception {
        Process last = job.start(workspace);
        assertThat(last.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(Files.readString(job.log())).isZero();
        Map<String, String> before = checkpointed;
        assertNothingCheckpointedIsLost(job);
        Map<String, Integer> responses = new HashMap<>();
        checkpointed.values().forEach(part -> ids(part).forEach(id -> responses.merge(id, 1, Integer::sum)));
        assertThat(responses)
                .as("one response each")
                .hasSize(REQUESTS)
                .allSatisfy((id, n) -> assertThat(n).isOne());
        assertThat(job.summary().orElseThrow().total()).isEqualTo(REQUESTS);
        checkpointed = before;
    }

    /** Every part that was seen on the branch is there still, byte for byte. */
    private void assertNothingCheckpointedIsLost(RunnerJob job) throws Exception {
        Map<String, String> now = job.parts();
        assertThat(now).containsAllEntriesOf(checkpointed);
        checkpointed = now;
    }

    /** The custom ids of all whole lines that lie in a workspace. */
    private static Set<String> onDisk(Path workspace) throws IOException {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.walk(workspace)) {
            for (Path file :
                    files.filter(f -> BatchFiles.isResponsesPart(part(f))).toList()) {
                ids.addAll(ids(Files.readString(file)));
            }
        }
        return ids;
    }

    /** What was set aside has a number before its name. */
    private static String part(Path file) {
        String name = file.getFileName().toString();
        return name.substring(Math.max(0, name.indexOf("responses-")));
    }

    private static List<String> ids(String part) {
        int whole = part.lastIndexOf('\n') + 1;
        return part.substring(0, whole)
                .lines()
                .map(line -> line.replaceAll(".*\"custom_id\":\"([^\"]+)\".*", "$1"))
                .toList();
    }
}
