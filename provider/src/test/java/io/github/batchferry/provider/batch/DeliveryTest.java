package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.GitException;
import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.json.JsonSupport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    /** Most characters of all inputs as one compact JSON object. */
    private static final int LIMIT = 65_535;

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void requestsTravelInlineUpToTheLastCharacterThatGitHubTakes() throws Exception {
        RequestSource almost = almostTooLarge(Spread.STANDARD, LIMIT);
        int free = LIMIT - characters(submit(almost, target(0, Spread.STANDARD)));

        FakeDispatch full = submit(almost, target(free, Spread.STANDARD));
        FakeDispatch beyond = submit(almost, target(free + 1, Spread.STANDARD));

        assertThat(free).isBetween(0, 16);
        assertThat(characters(full)).isEqualTo(LIMIT);
        assertThat(full.inputs().get(BatchFiles.INPUT_PROMPTS_ARTIFACT)).startsWith("inline:");
        assertThat(world.runner.requests(full)).hasSize(1);
        assertThat(beyond.inputs().get(BatchFiles.INPUT_PROMPTS_ARTIFACT)).startsWith("branch:");
        assertThat(world.runner.requests(beyond)).hasSize(1);
    }

    @Test
    void aWorkflowThatGoesOnByItselfIsLeftRoomForWhatItAdds() throws Exception {
        Spread byRunner = new Spread(OptionalInt.empty(), OptionalInt.empty(), Continuation.RUNNER);
        RequestSource almost = almostTooLarge(byRunner, LIMIT - 100);

        int free = LIMIT - characters(submit(almost, target(0, byRunner)));

        assertThat(free).isBetween(100, 116);
        assertThat(submit(almost, target(free - 99, byRunner)).inputs().get(BatchFiles.INPUT_PROMPTS_ARTIFACT))
                .startsWith("branch:");
    }

    @Test
    void aDeletedRequestsBranchIsPushedAgainAsTheSameCommitBeforeTheRunIsStartedAgain() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));
        BatchId id = submitLarge();
        BranchName branch = new BranchName(BatchFiles.requestsBranch(id));
        Optional<String> commit = world.git.head(branch);
        world.git.delete(branch);

        world.client().resume(id);

        assertThat(world.reruns).isEqualTo(1);
        assertThat(world.git.head(branch)).isPresent().isEqualTo(commit);
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void aDeletedRequestsBranchIsPushedAgainBeforeTheDispatch() throws Exception {
        world.github.failNextDispatch(new io.github.batchferry.github.GitHubException("no: 422", 422));
        assertThatThrownBy(this::submitLarge).hasMessage("no: 422");
        BatchId id = world.client().list().get(0).manifest().batchId();
        BranchName branch = new BranchName(BatchFiles.requestsBranch(id));
        Optional<String> commit = world.git.head(branch);
        world.git.delete(branch);

        world.client().resume(id);

        assertThat(world.git.head(branch)).isPresent().isEqualTo(commit);
        assertThat(world.client().collect(id).allSucceeded()).isTrue();
    }

    @Test
    void aRunIsNotStartedAgainWithRequestsThatWereReplaced() throws Exception {
        world.github.onDispatch(dispatch -> world.github.finish(dispatch.runId(), "failure"));
        BatchId id = submitLarge();
        BranchName branch = new BranchName(BatchFiles.requestsBranch(id));
        world.git.put(branch, Map.of("requests-0000.jsonl", "other".getBytes()));

        assertThatThrownBy(() -> world.client().resume(id))
                .isInstanceOf(GitException.class)
                .hasMessageStartingWith("branch `" + branch + "` is at commit ")
                .hasMessageEndingWith("; send the requests as a new batch with --fresh");
        assertThat(world.reruns).isZero();
    }

    @Test
    void theRequestsBranchStaysWhereItIsToBeKept() throws Exception {
        Target.GitHubActions keeping = World.TARGET.withHandover(new Handover(false, true));
        BatchId id = world.client()
                .submit(World.largeRequests(3, 60_000), keeping, false)
                .batch();

        assertThat(world.client().collect(id).complete()).isTrue();

        assertThat(world.git.branches()).containsExactly("eval-batches/" + id, "eval-results/" + id);
        assertThat(world.client().record(id).target()).isEqualTo(keeping);
    }

    private BatchId submitLarge() throws Exception {
        return world.client()
                .submit(World.largeRequests(3, 60_000), World.TARGET, false)
                .batch();
    }

    /** One request of noise whose inputs, with the shortest prefix, are a few characters below a limit. */
    private RequestSource almostTooLarge(Spread spread, int limit) throws Exception {
        int inline = 40_000;
        int tooLarge = 80_000;
        while (tooLarge - inline > 1) {
            int middle = (inline + tooLarge) / 2;
            FakeDispatch dispatch = submit(World.largeRequests(1, middle), target(0, spread));
            boolean fits =
                    dispatch.inputs().get(BatchFiles.INPUT_PROMPTS_ARTIFACT).startsWith("inline:")
                            && characters(dispatch) <= limit;
            inline = fits ? middle : inline;
            tooLarge = fits ? tooLarge : middle;
        }
        return World.largeRequests(1, inline);
    }

    private FakeDispatch submit(RequestSource requests, Target target) throws Exception {
        world.client().submit(requests, target, true);
        List<FakeDispatch> all = world.github.dispatches();
        return all.get(all.size() - 1);
    }

    private static Target.GitHubActions target(int longer, Spread spread) {
        return new Target.GitHubActions(
                "cloud",
                World.TARGET.server(),
                World.TARGET.repository(),
                World.TARGET.workflow(),
                Optional.empty(),
                "r" + "x".repeat(longer),
                Optional.empty(),
                World.TARGET.timeout(),
                Optional.empty(),
                Optional.empty(),
                spread,
                Optional.empty());
    }

    private static int characters(FakeDispatch dispatch) throws Exception {
        return JsonSupport.MAPPER.writeValueAsString(dispatch.inputs()).length();
    }
}
