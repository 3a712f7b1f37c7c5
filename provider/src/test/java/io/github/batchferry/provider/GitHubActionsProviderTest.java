package io.github.batchferry.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.FakeRunner;
import io.github.batchferry.provider.batch.World;
import io.github.batchferry.provider.embedded.EmbeddedGitHub;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubActionsProviderTest {
    @TempDir
    private Path folder;

    private World world;
    private GitHubActionsProvider provider;

    @BeforeEach
    void newWorld() {
        world = new World(folder);
        provider = GitHubActionsProvider.of(World.TARGET, world.connector(connection -> connection))
                .stateDirectory(world.state)
                .time(world.time, new Random(7), world.time)
                .listener(world.heard)
                .client("my-harness/1.2")
                .build();
    }

    @Test
    void oneRequestIsAskedAndAnswered() throws Exception {
        ResponseLine response = provider.invoke(requests(1).get(0));

        assertThat(response.customId()).hasToString("r0");
        assertThat(response.text()).contains("answer to r0");
        assertThat(world.github.dispatches().get(0).inputs().get("manifest")).contains("my-harness/1.2");
    }

    @Test
    void everyRequestHasItsResponseInOrder() throws Exception {
        assertThat(provider.invokeBatch(requests(40)))
                .extracting(response -> response.customId().value())
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "r" + i).toList());
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void nothingToAskAsksNothing() throws Exception {
        assertThat(provider.invokeBatch(List.of())).isEmpty();
        assertThat(world.github.dispatches()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileOfRequestsBecomesAFileOfResponses() throws Exception {
        CollectedBatch collected = provider.run(World.requests(20));

        assertThat(collected.responses()).exists();
        assertThat(collected.allSucceeded()).isTrue();
    }

    @Test
    void requestsWithTheSameIdAreRefused() {
        RequestLine request = requests(1).get(0);

        assertThatThrownBy(() -> provider.invokeBatch(List.of(request, request)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("requests:2 $.custom_id: `r0` was already used at requests:1");
    }

    @Test
    void aRunThatFailedSaysWhereAndIsTakenUpNextTime() throws Exception {
        world.github.onDispatch(dispatch -> {
            WorkflowJob.Step step = new WorkflowJob.Step(2, "Answer the requests", "completed", Optional.of("failure"));
            world.github.setJobs(
                    dispatch.runId(),
                    List.of(new WorkflowJob(7, "batch", "completed", Optional.of("failure"), List.of(step))));
            world.github.finish(dispatch.runId(), "failure");
        });

        BatchFailedException e =
                catchThrowableOfType(BatchFailedException.class, () -> provider.invokeBatch(requests(3)));

        assertThat(e)
                .hasMessage("3 of 3 requests of batch `" + e.batch()
                        + "` have no response; its run ended with failure in step `Answer the requests`, see"
                        + " https://github.example/myorg/eval-runner/actions/runs/1001");
        assertThat(e.report().over()).isTrue();
        assertThat(e.collected()).map(CollectedBatch::missingCount).contains(3L);
        assertThat(provider.invokeBatch(requests(3))).hasSize(3);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aRunThatIsNotOverInTimeIsNotTakenForAFailure() {
        world.github.onDispatch(dispatch -> world.github.setStatus(dispatch.runId(), "in_progress"));

        BatchFailedException e =
                catchThrowableOfType(BatchFailedException.class, () -> provider.invokeBatch(requests(3)));

        assertThat(e)
                .hasMessage("batch `" + e.batch() + "` is not over within the time-out; its run is still in_progress,"
                        + " see https://github.example/myorg/eval-runner/actions/runs/1001");
        assertThat(e.collected()).isEmpty();
    }

    @Test
    void aCallMayWaitOnAThreadOfItsOwn() throws Exception {
        CompletableFuture<List<ResponseLine>> answers = provider.invokeBatchAsync(requests(3));

        assertThat(answers.get(1, TimeUnit.MINUTES))
                .extracting(response -> response.customId().value())
                .containsExactly("r0", "r1", "r2");
        assertThat(provider.invokeAsync(requests(4).get(3))
                        .get(1, TimeUnit.MINUTES)
                        .text())
                .contains("answer to r3");
        assertThat(provider.runAsync(World.requests(2)).get(1, TimeUnit.MINUTES).allSucceeded())
                .isTrue();
    }

    @Test
    void aFutureFailsWithWhatTheCallThrows() {
        RequestLine request = requests(1).get(0);

        assertThatThrownBy(() ->
                        provider.invokeBatchAsync(List.of(request, request)).get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InvalidInputException.class);
    }

    @Test
    void cancellingAFutureEndsTheWaitAndNotTheRun() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        world.github.onDispatch(dispatch -> world.github.setStatus(dispatch.runId(), "in_progress"));
        try (GitHubActionsProvider patient = GitHubActionsProvider.of(
                        World.TARGET, world.connector(connection -> connection))
                .stateDirectory(world.state)
                .time(world.time, new Random(7), wait -> {
                    waiting.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                })
                .build()) {
            CompletableFuture<List<ResponseLine>> answers = patient.invokeBatchAsync(requests(3));
            assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();

            assertThat(answers.cancel(true)).isTrue();
        }

        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
        world.succeed(world.github.dispatches().get(0));
        assertThat(provider.invokeBatch(requests(3))).hasSize(3);
        assertThat(world.github.dispatches()).hasSize(1);
    }

    @Test
    void aBatchCanBeStopped() throws Exception {
        world.github.onDispatch(dispatch -> world.github.setStatus(dispatch.runId(), "in_progress"));
        BatchFailedException late =
                catchThrowableOfType(BatchFailedException.class, () -> provider.invokeBatch(requests(3)));

        assertThat(provider.cancel(late.batch()).stopped()).isPresent();
        assertThatThrownBy(() -> provider.cancel(new BatchId("20260101-000000-aaaaaa")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20260101-000000-aaaaaa");
    }

    @Test
    void aProviderSaysHowItsBatchesAreAnswered() throws Exception {
        try (GitHubActionsProvider careful = GitHubActionsProvider.of(
                        World.TARGET, world.connector(connection -> connection))
                .stateDirectory(world.state)
                .time(world.time, new Random(7), world.time)
                .listener(world.heard)
                .cache(true)
                .maxCostUsd(new BigDecimal("2.50"))
                .timeout(Duration.ofMinutes(5))
                .build()) {
            assertThat(careful.invokeBatch(requests(2))).noneMatch(ResponseLine::cached);
            assertThat(careful.invokeBatch(requests(2))).allMatch(ResponseLine::cached);
        }

        assertThat(world.github.dispatches()).hasSize(1);
        assertThat(world.github.dispatches().get(0).inputs().get("manifest")).contains("\"max_cost_usd\":2.5");
    }

    @Test
    void aFreshProviderBeginsEveryBatchAnew() throws Exception {
        world.github.onDispatch(dispatch -> world.github.setStatus(dispatch.runId(), "in_progress"));
        GitHubActionsProvider.Builder builder = GitHubActionsProvider.of(
                        World.TARGET, world.connector(connection -> connection))
                .stateDirectory(world.state)
                .time(world.time, new Random(7), world.time)
                .fresh(true);
        try (GitHubActionsProvider fresh = builder.build()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> fresh.invokeBatch(requests(1))).isInstanceOf(BatchFailedException.class);
            }
        }

        assertThat(world.github.dispatches()).hasSize(2);
    }

    @Test
    void settingsThatCannotBeAreRefusedWhenTheyAreMade() {
        GitHubActionsProvider.Builder builder =
                GitHubActionsProvider.of(World.TARGET, world.connector(connection -> connection));

        assertThatThrownBy(() -> builder.maxCostUsd(BigDecimal.ZERO))
                .hasMessage("invalid budget `0`: expected more than 0");
        assertThatThrownBy(() -> builder.timeout(Duration.ZERO))
                .hasMessage("invalid time-out `PT0S`: expected more than nothing");
        assertThatThrownBy(
                        () -> builder.economy(true).maxCostUsd(BigDecimal.ONE).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("economy mode cannot keep a budget");
    }

    @Test
    void theExampleProgramCompilesAndAnswers() throws Exception {
        Path example =
                Path.of("../examples/java/Capitals.java").toAbsolutePath().normalize();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process program = new ProcessBuilder(
                        java.toString(), "-cp", System.getProperty("java.class.path"), example.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = program.waitFor(3, TimeUnit.MINUTES);
        program.destroyForcibly();

        assertThat(ended).as("%s", Files.readString(err)).isTrue();
        assertThat(Files.readString(out)).as("%s", Files.readString(err)).isEqualTo("""
                capital-of-France: Capital of France?
                capital-of-Japan: Capital of Japan?
                capital-of-Peru: Capital of Peru?
                """);
    }

    private static List<RequestLine> requests(int count) {
        String lines =
                IntStream.range(0, count).mapToObj(i -> World.line("r" + i)).collect(Collectors.joining());
        return FakeRunner.parse(lines.getBytes(UTF_8));
    }

    @Test
    void withoutAConnectorItConnectsItselfAndStopsWhatItStarted() throws Exception {
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        Path state = folder.resolve("own");
        try (GitHubActionsProvider own = GitHubActionsProvider.of(Target.Embedded.standard(), environment)
                .stateDirectory(state)
                .build()) {
            assertThat(own.invokeBatch(requests(2)))
                    .extracting(response -> response.customId().value())
                    .containsExactly("r0", "r1");
        }

        try (EmbeddedGitHub free =
                EmbeddedGitHub.start(state.resolve("local-github"), OptionalInt.of(0), environment)) {
            assertThat(free.tokenFile()).exists();
        }
    }

    @Test
    void theExampleCompiles() throws Exception {
        Path source = Path.of("src/main/java/io/github/batchferry/provider/GitHubActionsProvider.java");
        Matcher example =
                Pattern.compile("(?s)<pre>\\{@code\\R(.*?)\\R \\* \\}</pre>").matcher(Files.readString(source));
        assertThat(example.find()).isTrue();
        Path file = Files.writeString(
                folder.resolve("Example.java"), """
                import static java.nio.charset.StandardCharsets.UTF_8;
                import io.github.batchferry.provider.*;
                import io.github.batchferry.provider.targets.*;
                import io.github.batchferry.wire.*;
                import io.github.batchferry.wire.json.RawJson;
                import java.nio.file.Path;
                import java.util.*;

                class Example {
                    void example() throws Exception {
                %s
                    }
                }
                """.formatted(example.group(1).replaceAll("(?m)^ \\* ?", "")));

        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(compiled).as("%s", said).isTrue();
    }
}
