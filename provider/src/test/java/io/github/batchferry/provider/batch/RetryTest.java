package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseStatus;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void onlyFailuresAreAskedOnceMoreAndTheResultsAreMergedInRequestOrder() throws Exception {
        BatchId first = collected(6, Set.of("r1", "r4"));
        List<String> before = lines(first);
        world.github.onDispatch(world::succeed);

        Submitted retry = retry(first);

        assertThat(retry.attached()).isFalse();
        assertThat(ids(1)).containsExactly("r1", "r4");
        CollectedBatch merged = world.client().collect(retry.batch());
        assertThat(merged.allSucceeded()).isTrue();
        assertThat(merged.requests()).isEqualTo(6);
        List<String> after = lines(retry.batch());
        for (int request : List.of(0, 2, 3, 5)) {
            assertThat(after.get(request)).isEqualTo(before.get(request));
        }
        assertThat(after.get(1)).contains("answer to r1");
        assertThat(after.get(4)).contains("answer to r4");
        assertThat(lines(first)).isEqualTo(before);
        assertThat(world.heard.words).contains("prepared 2");
    }

    @Test
    void requestsWithoutAnyResponseAreAskedOnceMore() throws Exception {
        world.github.onDispatch(dispatch -> {
            world.runner.push(
                    dispatch,
                    Map.of(
                            BatchFiles.responsesPart(0, 0),
                            FakeRunner.lines(
                                    dispatch, world.runner.requests(dispatch).subList(2, 3))));
            world.github.finish(dispatch.runId(), "failure");
        });
        BatchId first = submit(4);
        world.github.onDispatch(world::succeed);

        Submitted retry = retry(first);

        assertThat(ids(1)).containsExactly("r0", "r1", "r3");
        assertThat(world.client().collect(retry.batch()).allSucceeded()).isTrue();
    }

    @Test
    void aRetryIsRetriedAndTheNewestSuccessWins() throws Exception {
        BatchId first = collected(5, Set.of("r0", "r2", "r4"));
        answer(Set.of("r2"));
        Submitted second = retry(first);
        world.client().collect(second.batch());
        world.github.onDispatch(world::succeed);

        // the first is named, its newest retry is gone on with
        Submitted third = retry(first);

        assertThat(ids(2)).containsExactly("r2");
        assertThat(world.client().collect(third.batch()).allSucceeded()).isTrue();
        assertThat(lines(third.batch())).hasSize(5).isSubsetOf(union(first, second.batch(), third.batch()));
        assertThatThrownBy(() -> retry(first))
                .isInstanceOf(NotRetriableException.class)
                .hasMessage("every request of batch `" + third.batch() + "` succeeded");
    }

    @Test
    void aRetryUnderWayIsAttachedTo() throws Exception {
        BatchId first = collected(3, Set.of("r1"));
        world.github.onDispatch(dispatch -> {});
        Submitted begun = retry(first);

        Submitted again = retry(first);

        assertThat(again).isEqualTo(new Submitted(begun.batch(), true));
        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void thereIsNothingToRetryOfABatchThatSucceededOrIsNotOver() throws Exception {
        BatchId good = collected(2, Set.of());
        assertThatThrownBy(() -> retry(good))
                .isInstanceOf(NotRetriableException.class)
                .hasMessage("every request of batch `" + good + "` succeeded");
        world.github.onDispatch(dispatch -> {});
        BatchId running = submit(3);

        assertThatThrownBy(() -> retry(running))
                .isInstanceOfSatisfying(
                        NotRetriableException.class, e -> assertThat(e.over()).isFalse())
                .hasMessage("batch `" + running + "` is not over");
        assertThat(world.client().list()).hasSize(2);
        assertThat(world.state.resolve("tmp"))
                .satisfies(tmp -> assertThat(Files.exists(tmp) ? tmp.toFile().list() : new String[0])
                        .allMatch(name -> name.startsWith(".")));
    }

    @Test
    void theBudgetOfARetryIsItsOwn() throws Exception {
        BatchId first = collected(3, Set.of("r1"));
        world.github.onDispatch(world::succeed);
        world.time.await(Duration.ofSeconds(1));

        Submitted retry = world.client().retryFailed(first, Optional.of(new BigDecimal("1.5")));

        FakeDispatch dispatch = world.github.dispatches().get(1);
        assertThat(FakeRunner.manifest(dispatch).options().maxCostUsd()).contains(new BigDecimal("1.5"));
        assertThat(FakeRunner.manifest(dispatch).requestCount()).isEqualTo(1);
        assertThat(world.client().record(retry.batch()).manifest().requestCount())
                .isEqualTo(3);
    }

    @Test
    void verifyHoldsARetryAgainstItsDigests() throws Exception {
        BatchId first = collected(4, Set.of("r3"));
        world.github.onDispatch(world::succeed);
        Submitted retry = retry(first);
        world.client().collect(retry.batch());

        assertThat(world.client().verify(retry.batch(), true).checks())
                .allMatch(VerifyReport.Check::ok)
                .hasSize(6);
    }

    private Submitted retry(BatchId batch) throws Exception {
        world.time.await(Duration.ofSeconds(1));
        return world.client().retryFailed(batch, Optional.empty());
    }

    private BatchId collected(int requests, Set<String> failing) throws Exception {
        answer(failing);
        BatchId id = submit(requests);
        assertThat(world.client().collect(id).count(ResponseStatus.ERRORED)).isEqualTo(failing.size());
        return id;
    }

    private void answer(Set<String> failing) {
        world.github.onDispatch(dispatch -> {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            for (RequestLine request : world.runner.requests(dispatch)) {
                boolean success = !failing.contains(request.customId().value());
                part.writeBytes(FakeRunner.line(dispatch, request, success));
            }
            world.runner.pushComplete(dispatch, Map.of(BatchFiles.responsesPart(0, 0), part.toByteArray()));
            world.github.finish(dispatch.runId(), "success");
        });
    }

    private BatchId submit(int requests) throws Exception {
        return world.client()
                .submit(World.requests(requests), World.TARGET, false)
                .batch();
    }

    private List<String> ids(int dispatch) {
        return world.runner.requests(world.github.dispatches().get(dispatch)).stream()
                .map(request -> request.customId().value())
                .toList();
    }

    private List<String> lines(BatchId batch) throws Exception {
        return Files.readAllLines(world.client().record(batch).responses().orElseThrow(), UTF_8);
    }

    private List<String> union(BatchId... batches) throws Exception {
        List<String> all = new ArrayList<>();
        for (BatchId batch : batches) {
            all.addAll(lines(batch));
        }
        return all;
    }
}
