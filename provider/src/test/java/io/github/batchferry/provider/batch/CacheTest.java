package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    private static final Submission CACHED = new Submission(false, true, BatchOptions.STANDARD);
    private static final Submission FRESH = new Submission(true, true, BatchOptions.STANDARD);

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void whatWasAnsweredBeforeIsNotDispatchedAgain() throws Exception {
        run(asking("a", "b"), CACHED);

        CollectedBatch again = run(asking("b", "a"), CACHED);

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(again.allSucceeded()).isTrue();
        assertThat(responses(again))
                .satisfiesExactly(b -> assertRepeats(b, again, "b"), a -> assertRepeats(a, again, "a"));
        assertThat(world.heard.words).contains("2 of 2 cached");
        assertThat(world.client().record(again.batch()).phase()).isEqualTo(BatchRecord.Phase.COLLECTED);
    }

    private static void assertRepeats(ResponseLine response, CollectedBatch batch, String id) {
        assertThat(response.customId().value()).isEqualTo(id);
        assertThat(response.id()).isEqualTo(ResponseLine.idFor(batch.batch(), response.customId()));
        assertThat(response.text()).contains("answer to " + id);
        assertThat(response.cached()).isTrue();
        assertThat(response.costUsd()).contains(BigDecimal.ZERO);
        assertThat(response.attempts()).isZero();
        assertThat(response.durationMs()).isZero();
    }

    @Test
    void onlyWhatIsNewIsDispatchedAndTheOrderIsThatOfTheRequests() throws Exception {
        run(asking("a", "b"), CACHED);

        CollectedBatch again = run(asking("x", "a", "y", "b"), CACHED);

        FakeDispatch dispatch = world.github.dispatches().get(1);
        assertThat(world.runner.requests(dispatch))
                .extracting(request -> request.customId().value())
                .containsExactly("x", "y");
        assertThat(responses(again))
                .extracting(response -> response.customId() + " " + response.cached())
                .containsExactly("x false", "a true", "y false", "b true");
        assertThat(again.requests()).isEqualTo(4);
        assertThat(again.summary().orElseThrow().total()).isEqualTo(2);
        run(asking("x", "y"), CACHED);
        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void withoutTheOptionNothingIsTakenOutAndNothingPutIn() throws Exception {
        run(asking("a"), Submission.STANDARD);
        assertThat(folder.resolve(".ferry/cache")).doesNotExist();
        run(asking("a"), CACHED);
        run(asking("a"), Submission.STANDARD);

        assertThat(world.github.dispatches()).hasSize(3);
    }

    @Test
    void freshAsksAnewAndKeepsTheNewAnswer() throws Exception {
        run(asking("a"), CACHED);
        run(asking("a"), FRESH);
        run(asking("a"), CACHED);

        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void replicatesInsideOneBatchAreAllAsked() throws Exception {
        String twins = World.line("r0") + World.line("r1");

        run(twins, CACHED);

        assertThat(world.runner.requests(world.github.dispatches().get(0))).hasSize(2);
    }

    @Test
    void failedResponsesAreNotKept() throws Exception {
        world.github.onDispatch(dispatch -> {
            List<RequestLine> requests = world.runner.requests(dispatch);
            String failed = new String(FakeRunner.lines(dispatch, requests), StandardCharsets.UTF_8)
                    .replace(
                            "\"error\":null,\"status\":\"succeeded\"",
                            "\"error\":{\"code\":\"http_error\",\"message\":\"no\"},\"status\":\"errored\"");
            world.runner.pushComplete(
                    dispatch, Map.of(BatchFiles.responsesPart(0, 0), failed.getBytes(StandardCharsets.UTF_8)));
            world.github.finish(dispatch.runId(), "success");
        });
        CollectedBatch failed = run(asking("a"), CACHED);
        assertThat(failed.count(ResponseStatus.ERRORED)).isEqualTo(1);
        world.github.onDispatch(world::succeed);

        CollectedBatch again = run(asking("a"), CACHED);

        assertThat(world.github.dispatches()).hasSize(2);
        assertThat(again.allSucceeded()).isTrue();
    }

    @Test
    void anUnfinishedBatchWithTheSameRequestsIsAttachedToThoughPartOfItCameFromTheCache() throws Exception {
        run(asking("a"), CACHED);
        world.github.onDispatch(dispatch -> {});
        Submitted first = world.client().submit(World.source(asking("a", "b")), World.TARGET, CACHED);

        Submitted second = world.client().submit(World.source(asking("a", "b")), World.TARGET, CACHED);

        assertThat(second.attached()).isTrue();
        assertThat(second.batch()).isEqualTo(first.batch());
        assertThat(world.github.dispatches()).hasSize(2);
        world.succeed(world.github.dispatches().get(1));
        world.client().resume(second.batch());
        assertThat(responses(world.client().collect(second.batch())))
                .extracting(ResponseLine::cached)
                .containsExactly(true, false);
    }

    @Test
    void aClientKilledBeforeItWroteCachedResponsesDownIsFollowedByAnother() throws Exception {
        run(asking("a"), CACHED);
        Submitted cached = world.client().submit(World.source(asking("a")), World.TARGET, CACHED);
        Path batch = world.client().record(cached.batch()).directory();
        List<String> events = Files.readAllLines(batch.resolve("journal.jsonl"));
        Files.write(batch.resolve("journal.jsonl"), events.subList(0, 1));
        Files.delete(batch.resolve("responses.jsonl"));

        world.client().resume(cached.batch());

        assertThat(world.client().collect(cached.batch()).allSucceeded()).isTrue();
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void requestsThatNeedTheBranchTravelThereWithoutTheCachedOnes() throws Exception {
        run(asking("a"), CACHED);
        List<Integer> travelled = new ArrayList<>();
        world.github.onDispatch(dispatch -> {
            travelled.add(world.runner.requests(dispatch).size());
            world.succeed(dispatch);
        });
        String large =
                new String(World.largeRequests(20, 60_000).content().open().readAllBytes(), StandardCharsets.UTF_8);

        CollectedBatch again = run(asking("a") + large, CACHED);

        assertThat(again.allSucceeded()).isTrue();
        assertThat(travelled).containsExactly(20);
        assertThat(world.heard.words).contains("branch");
    }

    @Test
    void anEntryThatCannotBeReadIsAskedAgain() throws Exception {
        run(asking("a"), CACHED);
        for (Path entry : entries()) {
            Files.writeString(entry, "{\"id\":");
        }

        CollectedBatch again = run(asking("a"), CACHED);

        assertThat(again.allSucceeded()).isTrue();
        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void entriesAreForTheirOwnerOnly() throws Exception {
        run(asking("a"), CACHED);

        assertThat(entries()).singleElement().satisfies(entry -> {
            if (entry.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertThat(Files.getPosixFilePermissions(entry))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        });
        assertThat(Files.readString(folder.resolve(".ferry/cache/.gitignore"))).isEqualTo("*\n");
    }

    @Test
    void aCacheThatCannotBeWrittenDoesNotSpoilTheCollection() throws Exception {
        Files.createDirectories(folder.resolve(".ferry"));
        Files.writeString(folder.resolve(".ferry/cache"), "in the way");

        CollectedBatch collected = run(asking("a"), FRESH);

        assertThat(collected.allSucceeded()).isTrue();
        assertThat(world.heard.words).contains("not kept");
    }

    private CollectedBatch run(String requests, Submission how) throws Exception {
        Submitted submitted = world.client().submit(World.source(requests), World.TARGET, how);
        assertThat(submitted.attached()).isFalse();
        world.client().watch(submitted.batch());
        return world.client().collect(submitted.batch());
    }

    private List<Path> entries() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve(".ferry/cache"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    /** Requests that differ in what they ask. */
    private static String asking(String... ids) {
        StringBuilder lines = new StringBuilder();
        for (String id : ids) {
            lines.append(World.line(id).replace("hello", "hello " + id));
        }
        return lines.toString();
    }

    private static List<ResponseLine> responses(CollectedBatch batch) throws Exception {
        List<ResponseLine> responses = new ArrayList<>();
        for (String line : Files.readAllLines(batch.responses())) {
            responses.add(ResponseLineCodec.read(line.getBytes(StandardCharsets.UTF_8)));
        }
        return responses;
    }
}
