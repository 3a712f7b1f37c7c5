package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.wire.BatchId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    @TempDir
    private Path folder;

    @Test
    void aClientKilledAtAnyMomentIsFollowedByOneThatFinishesWithOneDispatch() throws Exception {
        assertThat(killEverywhere(World.requests(6), world -> {})).isGreaterThan(20);
    }

    @Test
    void theSameHoldsForRequestsOnABranch() throws Exception {
        assertThat(killEverywhere(World.largeRequests(6, 20_000), world -> {})).isGreaterThan(26);
    }

    @Test
    void theSameHoldsWhereGitHubDoesNotNameTheRun() throws Exception {
        assertThat(killEverywhere(World.requests(6), world -> world.github.answerUnnamed(true)))
                .isGreaterThan(20);
    }

    @Test
    void theSameHoldsWhileARunIsStartedAgain() throws Exception {
        int moments = killEverywhere(
                World.requests(6),
                world -> world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure")));

        assertThat(moments).isGreaterThan(24);
    }

    private int killEverywhere(RequestSource source, Consumer<World> changes) throws Exception {
        World undisturbed = world("undisturbed", changes);
        byte[] expected = finish(undisturbed.client(), source);
        for (int moment = 1; ; moment++) {
            World world = world("killed-" + moment, changes);
            KillSwitch kill = new KillSwitch(moment);
            boolean killed = false;
            try {
                finish(world.client(kill.on(world.time), kill::on), source);
            } catch (KillSwitch.Killed e) {
                killed = true;
            }

            assertThat(finish(world.client(), source))
                    .as("killed at %s", moment)
                    .isEqualTo(expected);
            assertThat(world.github.dispatches()).as("killed at %s", moment).hasSize(1);
            assertThat(world.reruns).as("killed at %s", moment).isEqualTo(undisturbed.reruns);
            if (!killed) {
                return moment;
            }
        }
    }

    private World world(String name, Consumer<World> changes) {
        World world = new World(folder.resolve(name));
        world.github.onDispatch(dispatch -> world.time.after(Duration.ofSeconds(12), () -> world.succeed(dispatch)));
        changes.accept(world);
        return world;
    }

    /** What a user does who starts the client, whatever happened before. */
    private static byte[] finish(JournaledBatches client, RequestSource source) throws Exception {
        List<BatchRecord> earlier = client.list();
        BatchId id = earlier.isEmpty()
                ? client.submit(source, World.TARGET, false).batch()
                : earlier.get(0).manifest().batchId();
        client.resume(id);
        return Files.readAllBytes(client.collect(id).responses());
    }
}
