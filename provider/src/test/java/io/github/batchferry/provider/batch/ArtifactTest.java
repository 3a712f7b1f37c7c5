package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that come as an artifact of the run. */
class ArtifactTest {
    private static final String PART = BatchFiles.responsesPart(0, 0);
    private static final Handover BY_ARTIFACT = new Handover(true, false);
    private static final Target TARGET = World.TARGET.withHandover(BY_ARTIFACT);

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void responsesAreReadFromTheArtifactAndNothingIsLeftOfIt() throws Exception {
        BatchId id = submit(complete -> {});

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.allSucceeded()).isTrue();
        assertThat(collected.commit()).isEmpty();
        assertThat(world.git.branches()).isEmpty();
        assertThat(world.github.dispatches().get(0).inputs()).containsEntry("results_artifact", "true");
        assertThat(world.client().record(id).directory()).isDirectoryNotContaining("glob:**/*.zip");
        assertThat(world.client().verify(id, false).ok()).isTrue();
    }

    @Test
    void whileThereIsNoArtifactTheBranchShowsWhatIsAnswered() throws Exception {
        world.github.onDispatch(dispatch -> world.runner.push(
                dispatch,
                Map.of(
                        PART,
                        FakeRunner.lines(
                                dispatch, world.runner.requests(dispatch).subList(0, 2)))));
        BatchId id = world.client().submit(World.requests(3), TARGET, false).batch();

        assertThat(world.client().collect(id).missingCount()).isEqualTo(1);
    }

    @Test
    void anArtifactOfAnAttemptThatWasCutShortHidesNothingOfTheBranch() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.answerAll(dispatch);
            byte[] zip = zip(Map.of(
                    PART,
                    FakeRunner.lines(dispatch, world.runner.requests(dispatch).subList(0, 1))));
            put(dispatch, zip, Optional.empty());
        });
        BatchId id = world.client().submit(World.requests(3), TARGET, true).batch();

        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void theBranchOutlivesTheArtifact() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.answerAll(dispatch);
            put(dispatch, zip(files(dispatch)), Optional.empty());
            world.github.expireArtifacts();
        });
        BatchId id = world.client().submit(World.requests(3), TARGET, true).batch();

        CollectedBatch collected = world.client().collect(id);

        assertThat(collected.allSucceeded()).isTrue();
        assertThat(collected.commit()).isPresent();
    }

    @Test
    void anArtifactThatIsNotWhatGitHubSaysIsRefused() throws Exception {
        world.github.onDispatch(dispatch -> put(dispatch, zip(files(dispatch)), Optional.of("0".repeat(64))));
        BatchId id = world.client().submit(World.requests(3), TARGET, false).batch();

        assertThatThrownBy(() -> world.client().collect(id))
                .hasMessageMatching("artifact `eval-results-" + id + "` has another sha-256: expected 0{64}, found"
                        + " [0-9a-f]{64}; collect it again");
        assertThat(world.client().record(id).directory())
                .isDirectoryNotContaining("glob:**/*.zip")
                .isDirectoryNotContaining("glob:**/responses*");
    }

    @Test
    void namesThatLeadOutOfTheFolderAreRefused() throws Exception {
        for (String name : new String[] {"../../evil.jsonl", "/tmp/evil", "sub/" + PART, "notes.txt"}) {
            BatchId id = submit(files -> files.put(name, "x".getBytes(UTF_8)));

            assertThatThrownBy(() -> world.client().collect(id))
                    .hasMessage("artifact `eval-results-" + id + "` holds a file `" + name
                            + "`, which no batch runner writes");
            world.time.await(Duration.ofSeconds(1));
        }
        assertThat(folder).isDirectoryNotContaining("glob:**/evil*");
    }

    @Test
    void aPartThatIsNotWhatTheSummarySaysIsRefused() throws Exception {
        BatchId id = submit(files -> files.put(PART, new byte[] {'x'}));

        assertThatThrownBy(() -> world.client().collect(id))
                .hasMessageStartingWith(
                        "`" + PART + "` on artifact `eval-results-" + id + "` has another size: expected ");
    }

    @Test
    void anArtifactThatHasExpiredSaysSoOverHttp() throws Exception {
        String upload = """
                - run: mkdir results && echo '{}' > results/progress.json
                - uses: actions/upload-artifact@v7
                  with:
                    name: eval-results-${{ inputs.batch_id }}
                    path: results
                    retention-days: 3
                """;
        try (ServedWorld served = new ServedWorld(folder, upload)) {
            BatchId id = served.client()
                    .submit(World.requests(3), served.target().withHandover(BY_ARTIFACT), false)
                    .batch();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> served.client().status(id).over());
            assertThat(served.client().collect(id).missingCount()).isEqualTo(3);
            served.time.await(Duration.ofDays(4));
            long run = served.client().record(id).runId().orElseThrow();

            assertThatThrownBy(() -> served.client().collect(id))
                    .hasMessage("artifact `eval-results-" + id + "` of run " + run
                            + " has expired, and its results with it; set retention-days of the runner's workflow"
                            + " higher, and send the requests again with --fresh");
        }
    }

    /** Changes what a runner has written. */
    @FunctionalInterface
    private interface Change {
        void to(Map<String, byte[]> files);
    }

    private BatchId submit(Change change) throws Exception {
        world.github.onDispatch(dispatch -> {
            Map<String, byte[]> files = files(dispatch);
            change.to(files);
            byte[] zip = zip(files);
            put(dispatch, zip, Optional.of(Sha256.of(zip).toString()));
        });
        return world.client().submit(World.requests(3), TARGET, true).batch();
    }

    private void put(FakeDispatch dispatch, byte[] zip, Optional<String> digest) {
        String name = BatchFiles.resultsArtifact(FakeRunner.manifest(dispatch).batchId());
        world.github.putArtifact(dispatch.runId(), name, zip, digest);
        world.github.finish(dispatch.runId(), "success");
    }

    private Map<String, byte[]> files(FakeDispatch dispatch) {
        Map<String, byte[]> files =
                new LinkedHashMap<>(Map.of(PART, FakeRunner.lines(dispatch, world.runner.requests(dispatch))));
        files.put(
                BatchFiles.SUMMARY, FakeRunner.summary(dispatch, files).toJson().toByteArray());
        return files;
    }

    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
