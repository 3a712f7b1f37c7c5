package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.RequestLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with results, over HTTP from a GitHub that says so; the time of the client is simulated. */
class CollectFaultTest {
    private static final String PART = BatchFiles.responsesPart(0, 0);
    private static final int REQUESTS = 5;

    @TempDir
    private Path folder;

    private ServedWorld world;
    private BatchId batch;
    private FakeDispatch dispatch;

    @BeforeEach
    void runABatchWithoutResults() throws Exception {
        world = new ServedWorld(folder, "- run: 'true'\n");
        batch = world.client()
                .submit(World.requests(REQUESTS), world.target(), false)
                .batch();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> world.client().status(batch).over());
        BatchRecord record = world.client().record(batch);
        dispatch = new FakeDispatch(
                record.runId().orElseThrow(),
                "run-evals.yml",
                "main",
                Map.of(
                        BatchFiles.INPUT_MANIFEST,
                        record.manifest().toJson().toString(),
                        BatchFiles.INPUT_RESULTS_BRANCH,
                        BatchFiles.DEFAULT_RESULTS_PREFIX));
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void aBranchThatComesLateIsWaitedFor() throws Exception {
        world.time.after(Duration.ofSeconds(35), () -> push(complete(requests())));
        Duration before = world.time.elapsed();

        assertThat(world.client().collect(batch).allSucceeded()).isTrue();
        assertThat(world.time.elapsed().minus(before)).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(45));
    }

    @Test
    void aSummaryThatNeverComesEndsTheWaitWithWhatThereIs() throws Exception {
        push(Map.of(PART, FakeRunner.lines(dispatch, requests().subList(0, 4))));
        Duration before = world.time.elapsed();

        CollectedBatch collected = world.client().collect(batch);

        assertThat(world.time.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(60));
        assertThat(collected.summary()).isEmpty();
        assertThat(collected.missing()).containsExactly(new CustomId("r4"));
        assertThat(Files.readAllLines(collected.responses())).hasSize(4);
    }

    @Test
    void aBranchThatIsForcedToLessLosesNothingThatWasCollected() throws Exception {
        push(Map.of(PART, FakeRunner.lines(dispatch, requests().subList(0, 3))));
        assertThat(world.client().collect(batch).missingCount()).isEqualTo(2);
        world.git().delete(branch());
        push(Map.of(
                BatchFiles.responsesPart(0, 1),
                FakeRunner.lines(dispatch, requests().subList(3, 4))));

        CollectedBatch collected = world.client().collect(batch);

        assertThat(collected.missing()).containsExactly(new CustomId("r4"));
        assertThat(collected.duplicates()).isEmpty();
        assertThat(Files.readAllLines(collected.responses())).hasSize(4);
    }

    @Test
    void aBranchThatIsForcedToOtherContentWhileTheSummaryStaysIsRefused() throws Exception {
        Map<String, byte[]> files = complete(requests());
        files.put(PART, FakeRunner.lines(dispatch, requests().subList(0, 3)));
        push(files);

        assertThatThrownBy(() -> world.client().collect(batch))
                .hasMessageContaining("`" + PART + "` on branch `" + branch() + "` has another size: expected ");
        assertThat(world.client().record(batch).phase()).isEqualTo(BatchRecord.Phase.DISPATCHED);

        world.git().delete(branch());
        push(complete(requests()));
        assertThat(world.client().collect(batch).allSucceeded()).isTrue();
    }

    @Test
    void duplicateAndUnknownIdsAreNamedAndTheFirstAnswerCounts() throws Exception {
        List<RequestLine> answered = new ArrayList<>(requests());
        answered.add(answered.get(1));
        answered.add(FakeRunner.parse(World.line("stranger").getBytes(UTF_8)).get(0));
        push(complete(answered));

        CollectedBatch collected = world.client().collect(batch);

        assertThat(collected.complete()).isTrue();
        assertThat(collected.duplicates()).containsExactly(new CustomId("r1"));
        assertThat(collected.unknown()).containsExactly(new CustomId("stranger"));
        assertThat(Files.readAllLines(collected.responses())).hasSize(REQUESTS);
        assertThat(world.client().verify(batch, true).ok()).isTrue();
    }

    @Test
    void aLastLineThatWasCutOffIsLeftOutAndComesWithTheNextCollection() throws Exception {
        byte[] lines = FakeRunner.lines(dispatch, requests());
        push(Map.of(PART, Arrays.copyOf(lines, lines.length - 7)));
        assertThat(world.client().collect(batch).missing()).containsExactly(new CustomId("r4"));

        push(complete(requests()));

        assertThat(world.client().collect(batch).allSucceeded()).isTrue();
    }

    private static List<RequestLine> requests() {
        String lines =
                IntStream.range(0, REQUESTS).mapToObj(i -> World.line("r" + i)).collect(Collectors.joining());
        return FakeRunner.parse(lines.getBytes(UTF_8));
    }

    private Map<String, byte[]> complete(List<RequestLine> answered) {
        Map<String, byte[]> files = new LinkedHashMap<>(Map.of(PART, FakeRunner.lines(dispatch, answered)));
        files.put(
                BatchFiles.SUMMARY, FakeRunner.summary(dispatch, files).toJson().toByteArray());
        return files;
    }

    private BranchName branch() {
        return FakeRunner.branch(dispatch);
    }

    private void push(Map<String, byte[]> files) {
        try (BranchWriter writer = world.git().write(branch())) {
            writer.commit(
                    files.entrySet().stream()
                            .map(file -> BranchFile.of(file.getKey(), file.getValue()))
                            .toList(),
                    "results");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
