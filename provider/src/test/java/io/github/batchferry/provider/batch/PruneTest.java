package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitException;
import io.github.batchferry.provider.journal.BatchInUseException;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.wire.BatchId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void onlyOldBatchesThatWereCollectedAreMeant() throws Exception {
        BatchId old = collected();
        world.github.onDispatch(dispatch -> {});
        BatchId unfinished = submit(4);
        world.time.await(Duration.ofDays(2));
        world.github.onDispatch(world::succeed);
        BatchId young = collected();

        PrunePlan plan = plan(false);
        PrunePlan forced = plan(true);

        assertThat(plan.batches())
                .extracting(batch -> batch.manifest().batchId())
                .containsExactly(old);
        assertThat(plan.unfinished()).isEqualTo(1);
        assertThat(forced.batches())
                .extracting(batch -> batch.manifest().batchId())
                .containsExactlyInAnyOrder(unfinished, old)
                .doesNotContain(young);
        assertThat(world.client().list()).hasSize(3);
    }

    @Test
    void aBatchGoesWithAllThatIsKeptOfIt() throws Exception {
        BatchId batch = collected();
        Files.createDirectories(world.state.resolve("batches/.old-20250101-000000-aaaaaa/left"));

        world.client().prune(batch, false);

        assertThat(world.client().list()).isEmpty();
        assertThat(world.state.resolve("batches")).isDirectoryNotContaining("glob:**/{.old-,2026}*");
        assertThat(world.git.branches()).containsExactly("eval-results/" + batch);
    }

    @Test
    void itsBranchesGoFirstWhereThatIsWanted() throws Exception {
        BatchId batch = world.client()
                .submit(World.largeRequests(2, 60_000), World.TARGET.withHandover(new Handover(false, true)), false)
                .batch();
        world.client().collect(batch);
        world.git.put(new BranchName("eval-results/other"), Map.of("a", new byte[1]));
        world.git.failNextCalls(1, new GitException("cannot reach the server"));

        assertThatThrownBy(() -> world.client().prune(batch, true)).hasMessage("cannot reach the server");
        assertThat(world.client().list()).hasSize(1);
        world.client().prune(batch, true);

        assertThat(world.git.branches()).containsExactly("eval-results/other");
        assertThat(world.client().list()).isEmpty();
    }

    @Test
    void aBatchThatAnotherClientUsesStays() throws Exception {
        BatchId batch = collected();
        try (LockedBatch other =
                new Journal(world.state).find(batch).orElseThrow().lock()) {
            assertThatThrownBy(() -> world.client().prune(batch, false)).isInstanceOf(BatchInUseException.class);
            assertThatThrownBy(() -> world.client().prune(batch, true)).isInstanceOf(BatchInUseException.class);
            assertThat(other.journal().progress().collected()).isPresent();
        }
        assertThat(world.git.branches()).containsExactly("eval-results/" + batch);
        assertThat(world.client().verify(batch, true).ok()).isTrue();
    }

    @Test
    void aClientThatComesTooLateIsToldThatTheBatchIsGone() throws Exception {
        BatchId batch = collected();
        var late = new Journal(world.state).find(batch).orElseThrow();
        world.client().prune(batch, false);

        assertThatThrownBy(late::lock).hasMessage("batch `" + batch + "` was removed by another client");
        assertThatThrownBy(() -> world.client().status(batch)).isInstanceOf(NoSuchBatchException.class);
    }

    @Test
    void aDamagedBatchIsRemovedOnlyByForce() throws Exception {
        BatchId batch = collected();
        Files.delete(world.client().record(batch).directory().resolve("batch.json"));
        world.time.await(Duration.ofDays(2));

        assertThat(plan(false).damaged()).isEmpty();
        assertThat(plan(false).unfinished()).isEqualTo(1);
        assertThat(plan(true).damaged()).extracting(DamagedBatch::id).containsExactly(batch);
        world.client().prune(batch, false);

        assertThat(world.client().listing().damaged()).isEmpty();
    }

    private PrunePlan plan(boolean unfinished) throws Exception {
        return world.client().prunePlan(world.time.instant().minus(Duration.ofDays(1)), unfinished);
    }

    private BatchId collected() throws Exception {
        BatchId batch = submit(3);
        assertThat(world.client().collect(batch).complete()).isTrue();
        return batch;
    }

    private BatchId submit(int requests) throws Exception {
        return world.client()
                .submit(World.requests(requests), World.TARGET, false)
                .batch();
    }
}
