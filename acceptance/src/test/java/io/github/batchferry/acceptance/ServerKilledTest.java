package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.execution.ProcessCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the server in the middle of its work, and a new one on the same state. */
class ServerKilledTest {
    private static final String QUICK = """
            run-name: Quick ${{ inputs.word }}
            on: { workflow_dispatch: { inputs: { word: { type: string } } } }
            jobs:
              quick:
                runs-on: ubuntu-latest
                steps:
                  - run: echo "said ${{ inputs.word }} and ${{ vars.WORD }}" | tee said
                  - uses: actions/upload-artifact@v4
                    with: { name: said, path: said }
            """;

    private static final String LONG = """
            on: workflow_dispatch
            jobs:
              first:
                runs-on: ubuntu-latest
                outputs:
                  word: ${{ steps.say.outputs.word }}
                steps:
                  - id: say
                    run: echo word=kept >> "$GITHUB_OUTPUT"; echo first > part
                  - uses: actions/upload-artifact@v4
                    with: { name: part, path: part }
              lost:
                needs: first
                runs-on: ubuntu-latest
                environment: somewhere
                steps:
                  - name: Begin
                    run: echo "begun in attempt $GITHUB_RUN_ATTEMPT"
                  - name: Go on
                    env:
                      WORD: ${{ needs.first.outputs.word }}
                      VARIABLE: ${{ vars.WORD }}
                    run: |
                      echo "the word is $WORD, the variable $VARIABLE"
                      if [ "$GITHUB_RUN_ATTEMPT" = 1 ]; then
                        trap '' TERM HUP PIPE
                        sleep 300 & echo $! > %1$s/pids.new
                        setsid sleep 301 & echo $! >> %1$s/pids.new
                        echo $$ >> %1$s/pids.new
                        mv %1$s/pids.new %1$s/pids
                        wait
                      fi
                  - name: End
                    run: echo ended
              last:
                needs: lost
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/download-artifact@v4
                    with: { name: part }
                  - run: '[ "$(cat part)" = first ]'
            """;

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private ServedGitHub server;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        server = ServedGitHub.start(home);
        repository = server.api()
                .create("acme", "kept")
                .workflow("quick.yml", QUICK)
                .workflow("long.yml", LONG.formatted(folder));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Kills the server and starts another one. */
    private void killAndStartAgain() throws IOException {
        server.kill();
        server = ServedGitHub.start(home);
        repository = new Repository(server.api(), repository.name());
    }

    private List<Long> pids() throws IOException {
        return Files.readAllLines(folder.resolve("pids")).stream()
                .map(Long::valueOf)
                .toList();
    }

    private static List<String> ids(List<JsonNode> things) {
        return things.stream().map(thing -> thing.path("id").asText()).toList();
    }

    @Test
    void everythingIsThereAndTheLostRunIsEndedAndCanBeRunAgain() throws Exception {
        Api api = server.api();
        api.expect(200, "PUT", repository.path("/environments/somewhere"), "{}");
        variable("/actions/variables", "there");
        variable("/environments/somewhere/variables", "here");
        api.expect(
                201,
                "POST",
                repository.path("/git/refs"),
                "{\"ref\":\"refs/heads/feature/one\",\"sha\":\""
                        + api.get(repository.path("/commits/main")).path("sha").asText() + "\"}");
        long over = repository.dispatch("quick.yml", Map.of("word", "this"));
        repository.awaitSuccess(over);
        long lost = repository.dispatch("long.yml", Map.of());
        new Signals(folder).receive("pids");
        awaitLine(lost, "the word is kept, the variable here");
        Map<String, String> before = state(over, lost);
        assertThat(pids()).hasSize(3).allMatch(ProcessCheck::alive);

        killAndStartAgain();

        assertThat(pids()).noneMatch(ProcessCheck::alive);
        state(over, lost).forEach((path, json) -> assertThat(json).as(path).isEqualTo(before.get(path)));
        repository
                .artifacts(lost)
                .forEach(part -> assertThat(repository.files(part)).isEqualTo(Map.of("part", "first\n")));
        assertThat(repository.log(over, "quick")).contains("said this and there");
        assertThat(repository.run(lost).path("conclusion").asText()).isEqualTo("failure");
        assertThat(repository.conclusions(lost)).contains(entry("first", "success"), entry("lost", "failure"));
        assertThat(repository.job(lost, "lost").path("steps").findValuesAsText("conclusion"))
                .containsExactly("success", "success", "failure", "skipped", "skipped");
        assertThat(repository.log(lost, "lost"))
                .contains(
                        "begun in attempt 1",
                        "the word is kept, the variable here",
                        "##[error]The embedded GitHub was lost")
                .doesNotContain("ended");
        theLostRunCanBeRunAgain(lost);
        newNumbersAreNew(over, lost);
        gitIsSound();
    }

    private void variable(String list, String value) {
        server.api().expect(201, "POST", repository.path(list), "{\"name\":\"WORD\",\"value\":\"" + value + "\"}");
    }

    private void awaitLine(long run, String line) {
        // GitHub's API has the log of a job only when it is over
        String page = "/" + repository.name() + "/actions/runs/" + run + "/job/"
                + repository.job(run, "lost").path("id").asText();
        Browser browser = new Browser(server.api());
        await(line)
                .atMost(Duration.ofSeconds(30))
                .until(() -> browser.page(page).contains(line));
    }

    /** All that must not change, by where it is read. */
    private Map<String, String> state(long over, long lost) {
        String first = repository.job(lost, "first").path("id").asText();
        Map<String, String> all = new TreeMap<>();
        for (String path : List.of(
                "",
                "/branches",
                "/commits",
                "/git/trees/main?recursive=1",
                "/actions/workflows",
                "/environments",
                "/actions/variables",
                "/environments/somewhere/variables",
                "/actions/runs/" + over,
                "/actions/runs/" + over + "/jobs",
                "/actions/jobs/" + first,
                "/actions/artifacts")) {
            String json = server.api().get(repository.path(path)).toString();
            // a new server may have another port
            all.put(path, json.replace(server.api().root(), ""));
        }
        return all;
    }

    private void theLostRunCanBeRunAgain(long lost) {
        List<String> first = ids(repository.jobs(lost));
        rerun(lost, "rerun-failed-jobs", 2);
        assertThat(repository.log(lost, "lost")).contains("begun in attempt 2", "ended");
        assertThat(repository.artifacts(lost))
                .as("what was done is not done again")
                .hasSize(1);

        List<String> second = ids(repository.jobs(lost));
        rerun(lost, "rerun", 3);
        assertThat(repository.artifacts(lost)).hasSize(2);
        assertThat(ids(repository.jobs(lost)))
                .doesNotContainAnyElementsOf(first)
                .doesNotContainAnyElementsOf(second);
        assertThat(ids(server.api().all(repository.runPath(lost) + "/attempts/1/jobs", "jobs")))
                .containsExactlyElementsOf(first);
        assertThat(server.api()
                        .get(repository.runPath(lost) + "/attempts/1")
                        .path("conclusion")
                        .asText())
                .isEqualTo("failure");
    }

    private void rerun(long run, String how, int attempt) {
        server.api().expect(201, "POST", repository.runPath(run) + "/" + how, "");
        repository.awaitSuccess(run);
        assertThat(repository.run(run).path("run_attempt").asInt()).isEqualTo(attempt);
        assertThat(repository.conclusions(run))
                .containsOnly(entry("first", "success"), entry("lost", "success"), entry("last", "success"));
    }

    private void newNumbersAreNew(long over, long lost) {
        long next = repository.dispatch("quick.yml", Map.of("word", "that"));
        repository.awaitSuccess(next);
        assertThat(next).isGreaterThan(Math.max(over, lost));
        assertThat(repository.run(next).path("run_number").asInt()).isEqualTo(2);
        List<String> old = new ArrayList<>(ids(repository.jobs(over)));
        old.addAll(ids(server.api().all(repository.runPath(lost) + "/jobs?filter=all", "jobs")));
        assertThat(ids(repository.jobs(next))).hasSize(1).doesNotContainAnyElementsOf(old);
        List<JsonNode> artifacts = server.api().all(repository.path("/actions/artifacts"), "artifacts");
        assertThat(ids(artifacts)).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillInTheMiddleOfWrites() throws Exception {
        List<String> files = Collections.synchronizedList(new ArrayList<>());
        List<Long> runs = Collections.synchronizedList(new ArrayList<>());
        Repository before = repository;
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; ; i++) {
                    before.commit("file-" + i, "content " + i);
                    files.add("file-" + i);
                    runs.add(before.dispatch("quick.yml", Map.of("word", "w" + i)));
                }
            } catch (RuntimeException | AssertionError e) {
                // the server was killed in the middle of a call, or of the next one
            }
        });
        writer.start();
        await("some runs").atMost(Duration.ofMinutes(1)).until(() -> runs.size() >= 12);

        killAndStartAgain();
        writer.join();

        assertThat(server.api().get(repository.path("/contents/")).findValuesAsText("name"))
                .containsAll(files);
        for (long run : runs) {
            JsonNode json = repository.run(run);
            assertThat(json.path("status").asText()).isEqualTo("completed");
            assertThat(json.path("display_title").asText()).isEqualTo("Quick w" + runs.indexOf(run));
        }
        long next = repository.dispatch("quick.yml", Map.of("word", "after"));
        assertThat(next).isGreaterThan(Collections.max(runs));
        repository.awaitSuccess(next);
        gitIsSound();
    }

    /** Both as the server keeps it and as it gives it away. */
    private void gitIsSound() throws Exception {
        Path kept = home.resolve(".ferry/local-github/repositories/" + repository.name() + ".git");
        assertThat(git(kept, "fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken", "corrupt");
        Path copy = folder.resolve("copy");
        git(
                folder,
                "clone",
                "-q",
                server.api().root().replace("://", "://x:" + server.api().token() + "@") + "/" + repository.name()
                        + ".git",
                copy.toString());
        git(copy, "fsck", "--full", "--strict");
    }

    private static String git(Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(git.getInputStream().readAllBytes());
        assertThat(git.waitFor())
                .as("git %s: %s", String.join(" ", arguments), out)
                .isZero();
        return out;
    }
}
