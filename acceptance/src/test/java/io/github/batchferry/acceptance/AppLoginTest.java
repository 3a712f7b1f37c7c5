package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.Dispatched;
import io.github.batchferry.github.RunLook;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.apps.RegisteredApp;
import io.github.batchferry.provider.connection.ApiTrace;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.connection.TargetConnector;
import io.github.batchferry.provider.targets.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client signed in as a GitHub App, whose tokens last an hour, at a GitHub that takes this seriously. */
class AppLoginTest {
    private static final BranchName BRANCH = new BranchName("eval-batches/20260115-093000-k3p7qa");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WORKFLOW = """
            on:
              workflow_dispatch:
                inputs:
                  gate: { type: string, required: true }
            jobs:
              wait:
                runs-on: ubuntu-latest
                steps:
                  - env:
                      GATE: ${{ inputs.gate }}
                    run: while [ ! -e "$GATE" ]; do sleep 0.1; done
            """;

    @TempDir
    Path directory;

    private final List<String> traced = Collections.synchronizedList(new ArrayList<>());
    private LocalGitHub github;
    private Target.GitHubActions target;
    private TargetConnector connector;

    /** A clock that stands until it is moved; that of both sides. */
    private static final class HandClock extends Clock {
        // Mutable state
        private volatile Instant now = Instant.parse("2026-01-15T09:30:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private RunnerConnection connect(Clock servers, Clock clients) throws Exception {
        github = Embedded.at(directory.resolve("github")).clock(servers).start();
        github.createRepository(RunnerTarget.OWNER, RunnerTarget.NAME);
        github.commit(
                RunnerTarget.OWNER,
                RunnerTarget.NAME,
                "Add a workflow",
                Map.of(".github/workflows/wait.yml", WORKFLOW.getBytes(UTF_8)));
        RegisteredApp app =
                github.registerApp("Ferry", Optional.empty(), Map.of("actions", "write", "contents", "write"));
        github.installApp(app.app().id(), RunnerTarget.OWNER, List.of(RunnerTarget.NAME));
        target = RunnerTarget.asApp(github, app.app().id());
        connector = new TargetConnector(
                Map.of(RunnerTarget.VARIABLE, app.privateKey().orElseThrow()),
                directory.resolve(".ferry"),
                clients,
                Optional.of(new ApiTrace(traced::addAll)));
        return connector.connect(target);
    }

    @AfterEach
    void stop() throws IOException {
        connector.close();
        github.close();
    }

    private long tokensMade() {
        return traced.stream()
                .filter(line -> line.startsWith("api: POST") && line.contains("/access_tokens: 201"))
                .count();
    }

    @Test
    void aRunIsWatchedForHoursOverTokensThatLastOne() throws Exception {
        HandClock clock = new HandClock();
        RunnerConnection connection = connect(clock, clock);
        Path gate = directory.resolve("gate");
        long run = ((Dispatched.Run) connection.actions().dispatch("wait.yml", "main", Map.of("gate", gate.toString())))
                .runId();

        for (int look = 0; look < 18; look++) {
            clock.now = clock.now.plus(Duration.ofMinutes(10));
            assertThat(look(connection, run).completed()).isFalse();
        }
        assertThat(tokensMade()).as("at once, and after each of three hours").isEqualTo(4);

        Files.createFile(gate);
        await().atMost(PATIENCE).until(() -> look(connection, run).succeeded());
        clock.now = clock.now.plus(Duration.ofMinutes(61));
        try (BranchWriter writer = connection.git().write(BRANCH)) {
            writer.commit(List.of(BranchFile.of("a", "1".getBytes(UTF_8))), "Add a");
            clock.now = clock.now.plus(Duration.ofMinutes(61));
            writer.commit(List.of(BranchFile.of("b", "2".getBytes(UTF_8))), "Add b");
        }
        assertThat(connection.git().names(BRANCH)).contains(List.of("a", "b"));
        assertThat(connection.repository().defaultBranch()).isEqualTo("main");
        assertThat(tokensMade()).isEqualTo(6);
        assertThat(traced).noneMatch(line -> line.contains("ghs_") || line.contains("eyJ"));
    }

    private static WorkflowRun look(RunnerConnection connection, long run) throws Exception {
        return ((RunLook.Changed) connection.actions().run(run, Optional.empty())).run();
    }

    @Test
    void aTokenThatWasTakenBackIsReplacedWhoeverNoticesIt() throws Exception {
        RunnerConnection connection = connect(Clock.systemUTC(), Clock.systemUTC());

        assertThat(connection.actions().runs("wait.yml", 1)).isEmpty();
        takeBack();
        assertThat(connection.actions().runs("wait.yml", 1)).isEmpty();
        takeBack();
        assertThat(connection.repository().defaultBranch()).isEqualTo("main");
        takeBack();
        assertThat(connection.git().head(BRANCH)).isEmpty();

        assertThat(tokensMade()).isEqualTo(4);
    }

    private void takeBack() throws Exception {
        AccessToken token = connector.tokens(target).token();
        new Api(github.apiUrl(), token.secret()).expect(204, "DELETE", "/installation/token", "");
    }

    @Test
    void aClockThatIsHoursOffKeepsNobodyOut() throws Exception {
        RunnerConnection connection = connect(Clock.systemUTC(), Clock.offset(Clock.systemUTC(), Duration.ofHours(-3)));

        assertThat(connection.actions().runs("wait.yml", 1)).isEmpty();
        assertThat(connection.git().head(BRANCH)).isEmpty();
        assertThat(tokensMade()).isEqualTo(1);
    }
}
