package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Savings;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What submitting would do, found out without doing it. */
class PlanTest {
    private static final Submission CACHED = new Submission(false, true, BatchOptions.STANDARD);

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
    }

    @Test
    void smallBatchesTravelInsideTheDispatchAndNothingIsSentOrWritten() throws Exception {
        BatchPlan plan = world.client().plan(World.requests(3), World.TARGET, Submission.STANDARD);

        long bytes = 3L * World.line("r0").length();
        assertThat(plan.requests()).isEqualTo(3);
        assertThat(plan.bytes()).isEqualTo(bytes);
        assertThat(plan.inputTokens()).isBetween(3L * 15, 3L * 20);
        assertThat(plan.delivery()).hasValueSatisfying(way -> {
            assertThat(way.inline()).isTrue();
            assertThat(way.bytes()).isBetween(50L, bytes);
        });
        assertThat(plan.jobs()).isOne();
        assertThat(plan.underWay()).isEmpty();
        assertThat(world.github.dispatches()).isEmpty();
        assertThat(world.heard.words).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void largeBatchesTravelOnABranch() throws Exception {
        BatchPlan plan = world.client().plan(World.largeRequests(20, 1_000_000), World.TARGET, Submission.STANDARD);

        assertThat(plan.delivery()).contains(new BatchPlan.Delivered(false, plan.bytes(), 3));
        assertThat(plan.bytes()).isGreaterThan(20_000_000);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theJobsAreThoseOfTheTarget() throws Exception {
        Target.Embedded target = new Target.Embedded(
                "local",
                Optional.empty(),
                "eval-results",
                Optional.empty(),
                World.EMBEDDED.timeout(),
                Optional.empty(),
                new Spread(OptionalInt.of(4), OptionalInt.empty(), Continuation.CLIENT),
                Optional.empty(),
                Savings.NONE,
                Handover.STANDARD);

        assertThat(world.client()
                        .plan(World.requests(3), target, Submission.STANDARD)
                        .jobs())
                .isEqualTo(3);
        world.github.putFile(
                BatchFiles.VENDORS,
                "vendors: [{name: openai, kind: openai, key_env: K, models: [\"*\"]}]".getBytes(UTF_8));
        assertThat(world.client()
                        .plan(World.requests(3), target, Submission.STANDARD.withEconomy(true))
                        .jobs())
                .isOne();
    }

    @Test
    void whatTheCacheAnswersIsNotPlanned() throws Exception {
        JournaledBatches client = world.client();
        client.collect(client.submit(different(3), World.TARGET, CACHED).batch());

        BatchPlan partly = client.plan(different(5), World.TARGET, CACHED);
        BatchPlan wholly = client.plan(different(2), World.TARGET, CACHED);

        assertThat(partly.cached()).isEqualTo(3);
        assertThat(partly.bytes()).isEqualTo(2L * World.line("r0").length());
        assertThat(partly.delivery()).isPresent();
        assertThat(wholly.cached()).isEqualTo(2);
        assertThat(wholly.delivery()).isEmpty();
        assertThat(client.plan(different(3), World.TARGET, CACHED.withFresh(true))
                        .cached())
                .isZero();
        assertThat(client.list()).hasSize(1);
    }

    @Test
    void theBatchThatWouldBeGoneOnWithIsNamed() throws Exception {
        world.github.onDispatch(dispatch -> world.github.setStatus(dispatch.runId(), "in_progress"));
        JournaledBatches client = world.client();
        Submitted submitted = client.submit(World.requests(3), World.TARGET, false);

        assertThat(client.plan(World.requests(3), World.TARGET, Submission.STANDARD)
                        .underWay())
                .contains(submitted.batch());
        assertThat(client.plan(World.requests(3), World.TARGET, Submission.STANDARD.withFresh(true))
                        .underWay())
                .isEmpty();
    }

    @Test
    void mistakesAreFoundAsWhenSending() {
        assertThatThrownBy(() -> world.client()
                        .plan(World.source(World.line("a") + World.line("a")), World.TARGET, Submission.STANDARD))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("in.jsonl:2 $.custom_id: `a` was already used at in.jsonl:1");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theTargetIsNotConnectedTo() throws Exception {
        RunnerConnector connector = new RunnerConnector() {
            @Override
            public RunnerConnection connect(Target target) {
                throw new AssertionError("would start the embedded GitHub");
            }

            @Override
            public Optional<byte[]> vendors(Target target) {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
        JournaledBatches client = new JournaledBatches(
                world.state, connector, world.time, new Random(7), world.time, world.heard, "ferry/test");

        assertThat(client.plan(World.requests(3), World.EMBEDDED, Submission.STANDARD)
                        .requests())
                .isEqualTo(3);
    }

    private static RequestSource different(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(World.line("r" + i).replace("hello", "hell" + i));
        }
        return World.source(lines.toString());
    }
}
