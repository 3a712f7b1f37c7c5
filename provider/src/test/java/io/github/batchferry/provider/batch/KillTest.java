package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RequestLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void theSameHoldsWhileFailuresAreAskedOnceMore() throws Exception {
        World undisturbed = failingFirst("undisturbed");
        String expected = finishRetried(undisturbed.client());
        boolean killed = true;
        int moment = 1;
        for (; killed; moment++) {
            World world = failingFirst("killed-" + moment);
            KillSwitch kill = new KillSwitch(moment);
            try {
                finishRetried(world.client(kill.on(world.time), kill::on));
                killed = false;
            } catch (KillSwitch.Killed e) {
                killed = true;
            }

            assertThat(finishRetried(world.client())).as("killed at %s", moment).isEqualTo(expected);
            assertThat(world.github.dispatches()).as("killed at %s", moment).hasSize(2);
            assertThat(world.client().list()).as("killed at %s", moment).hasSize(2);
        }
        assertThat(moment).isGreaterThan(40);
    }

    /** The first run leaves the last two of six requests without a response, the second answers what it is asked. */
    private World failingFirst(String name) {
        World world = new World(folder.resolve(name));
        world.github.onDispatch(dispatch -> {
            if (world.github.dispatches().size() > 1) {
                world.succeed(dispatch);
                return;
            }
            List<RequestLine> answered = world.runner.requests(dispatch).subList(0, 4);
            world.runner.pushComplete(
                    dispatch, Map.of(BatchFiles.responsesPart(0, 0), FakeRunner.lines(dispatch, answered)));
            world.github.finish(dispatch.runId(), "success");
        });
        return world;
    }

    /** What is collected in the end, but for the ids of responses, which are made of that of the batch. */
    private static String finishRetried(JournaledBatches client) throws Exception {
        List<BatchRecord> earlier = client.list();
        BatchId first = earlier.isEmpty()
                ? client.submit(World.requests(6), World.TARGET, false).batch()
                : earlier.get(earlier.size() - 1).manifest().batchId();
        if (earlier.size() < 2) {
            client.resume(first);
        }
        BatchId last;
        try {
            last = client.retryFailed(first, Optional.empty()).batch();
        } catch (NotRetriableException e) {
            // the retry was collected before the kill
            last = e.batch();
        }
        client.resume(last);
        return Files.readString(client.collect(last).responses()).replaceAll("batch_req_[0-9a-f]{24}", "id");
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
