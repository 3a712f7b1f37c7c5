package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.execution.ProcessCheck;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.StateInUseException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    @TempDir
    Path state;

    @TempDir
    Path work;

    private static void dispatch(ServerProcess server) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.url() + Hub.repository("/actions/workflows/job.yml/dispatches")))
                .header("Authorization", "Bearer " + server.token())
                .POST(HttpRequest.BodyPublishers.ofString("{\"ref\":\"main\"}"))
                .build();
        try {
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void afterAKillEverythingIsThereAndWhatRanIsEndedAndCanBeRunAgain() throws IOException {
        String token;
        long over;
        try (Hub hub = new Hub(state)) {
            token = hub.github.token();
            hub.github.setSecret(Hub.OWNER, Hub.NAME, "KEY", "v");
            hub.script(
                    "if [ -e done ]; then exit 0; fi",
                    "touch done; echo first words",
                    "trap '' TERM HUP PIPE",
                    "sleep 300 & echo $! > pids; echo $$ >> pids",
                    "while [ $GITHUB_RUN_NUMBER != 1 ]; do sleep 0.1; done; kill -9 %1");
            over = hub.dispatch();
            hub.awaitEnd(over);
        }
        Path pids = state.resolve("runs/3/workspaces/job/pids");
        try (ServerProcess server = new ServerProcess(state)) {
            assertThatThrownBy(() -> LocalGitHub.at(state).start())
                    .isInstanceOf(StateInUseException.class)
                    .hasMessageContaining("process " + server.pid());
            dispatch(server);
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(pids) && Files.size(pids) > 3);
            server.kill();
        }
        assertThat(Files.readAllLines(pids)).map(Long::parseLong).allMatch(ProcessCheck::alive);

        try (Hub hub = new Hub(state)) {
            assertThat(Files.readAllLines(pids)).map(Long::parseLong).noneMatch(ProcessCheck::alive);
            JsonNode lost = hub.run(3);
            assertThat(lost.path("status").asText()).isEqualTo("completed");
            assertThat(lost.path("conclusion").asText()).isEqualTo("failure");
            assertThat(hub.job(3).path("conclusion").asText()).isEqualTo("failure");
            assertThat(hub.job(3).path("steps").findValuesAsText("conclusion"))
                    .containsExactly("success", "failure", "skipped");
            assertThat(hub.log(3)).contains("first words", "The embedded GitHub was lost while this job ran");
            assertThat(hub.github.token()).isEqualTo(token);
            assertThat(hub.github.secretNames(Hub.OWNER, Hub.NAME)).containsExactly("KEY");
            assertThat(hub.run(over).path("conclusion").asText()).isEqualTo("success");
            assertThat(hub.log(over)).contains("first words");
            assertThat(state.resolve("runs/3/attempt-1/job-4/temp")).doesNotExist();

            hub.post(Hub.repository("/actions/runs/3/rerun"), "");
            JsonNode again = hub.awaitEnd(3);
            assertThat(again.path("conclusion").asText()).isEqualTo("success");
            assertThat(again.path("run_attempt").asInt()).isEqualTo(2);
            assertThat(hub.dispatch()).isGreaterThan(3);
        }
    }

    @Test
    void aNumberThatBelongsToAnotherProcessNowIsLeftAlone() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try {
            try (Hub hub = new Hub(state).script("true")) {
                hub.awaitEnd(hub.dispatch());
            }
            Path file = state.resolve("runs/1/run.json");
            ObjectNode run = (ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(file));
            ObjectNode attempt = (ObjectNode) run.path("attempts").path(0);
            attempt.put("status", "in_progress").putNull("conclusion");
            ObjectNode job = (ObjectNode) attempt.path("jobs").path(0);
            job.put("status", "in_progress").putNull("conclusion");
            ((ObjectNode) job.path("processes").path(0)).put("pid", stranger.pid());
            Files.write(file, Json.bytes(run));

            try (Hub hub = new Hub(state)) {
                assertThat(hub.run(1).path("conclusion").asText()).isEqualTo("failure");
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aLargePushPassesThroughAServerWithLittleMemory() throws IOException {
        Files.createDirectories(work.resolve("large"));
        byte[] chunk = new byte[1 << 20];
        Random random = new Random(7);
        for (int file = 0; file < 2; file++) {
            try (OutputStream out = Files.newOutputStream(work.resolve("large/part" + file))) {
                for (int i = 0; i < 64; i++) {
                    random.nextBytes(chunk);
                    out.write(chunk);
                }
            }
        }
        try (ServerProcess server = new ServerProcess(state)) {
            String url = server.url().replace("://", "://x:" + server.token() + "@") + "/acme/runner.git";
            for (String[] command : new String[][] {
                {"init", "-q"},
                {"add", "."},
                {"commit", "-qm", "Add"},
                {"push", "-q", url, "HEAD:refs/heads/large"},
                {"clone", "-q", "--bare", "-b", "large", url, "copy"}
            }) {
                String[] git = Stream.concat(Stream.of("git", "-c", "core.compression=0"), Arrays.stream(command))
                        .toArray(String[]::new);
                CommandLine done = CommandLine.run(work.resolve("large"), git);
                assertThat(done.exit()).as(done.output()).isZero();
            }
        }
    }
}
