package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.execution.ProcessCheck;
import io.github.batchferry.localgithub.execution.process.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cancelling in the middle ends every process, lets run what wants to run even so, and leaves out the rest. */
class CancelTest {
    private static final String MARK = "RUNNER_TRACKING_ID";
    /** Legs that find a place beside the job `stubborn`. */
    private static final int RUNNING = 3;

    private static final String WORKFLOW = """
            on: workflow_dispatch
            env:
              SIGNALS: %s
            jobs:
              stubborn:
                if: always()
                runs-on: ubuntu-latest
                steps:
                  - run: %s; %s
              busy:
                name: busy ${{ matrix.n }}
                runs-on: ubuntu-latest
                strategy:
                  matrix: { n: [1, 2, 3, 4, 5] }
                env:
                  N: ${{ matrix.n }}
                steps:
                  - name: Family
                    run: |
                      trap '' TERM INT HUP # whatever is started from here on does not hear them either
                      sleep 300 & echo $! >> pids
                      env -i sleep 301 & echo $! >> pids
                      setsid sleep 302 & echo $! >> pids
                      bash -c 'setsid sleep 303 & echo $! >> pids'
                      bash -c 'env -i sleep 304 & echo $! >> pids'
                      echo $$ >> pids
                      mv pids "$SIGNALS/pids-$N"
                      echo "$RUNNER_TRACKING_ID" > "$SIGNALS/mark-$N"
                      touch "$SIGNALS/ready-$N"
                      wait
                  - name: Left out
                    run: touch "$SIGNALS/wrong"
                  - name: On failure
                    if: failure()
                    run: touch "$SIGNALS/wrong"
                  - name: Tidy
                    if: always()
                    run: echo "${{ job.status }}" > "$SIGNALS/tidied-$N"
                  - name: On cancel
                    if: cancelled()
                    run: touch "$SIGNALS/told-$N"
              told:
                needs: busy
                if: cancelled()
                runs-on: ubuntu-latest
                steps:
                  - run: touch "$SIGNALS/told"
              anyway:
                needs: busy
                if: always()
                runs-on: ubuntu-latest
                steps:
                  - run: echo "${{ needs.busy.result }}" > "$SIGNALS/anyway"
              next:
                needs: busy
                runs-on: ubuntu-latest
                steps:
                  - run: touch "$SIGNALS/wrong"
              unhappy:
                needs: busy
                if: failure()
                runs-on: ubuntu-latest
                steps:
                  - run: touch "$SIGNALS/wrong"
            """;

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private Signals signals;
    private ServedGitHub server;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        signals = new Signals(folder);
        server = ServedGitHub.start(home);
        repository = server.api()
                .create("acme", "cancelled")
                .workflow("busy.yml", WORKFLOW.formatted(folder, signals.give("begun"), signals.await("finish")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long dispatchAndAwait() {
        long run = repository.dispatch("busy.yml", Map.of());
        signals.receive("begun");
        IntStream.rangeClosed(1, RUNNING).forEach(leg -> signals.receive("ready-" + leg));
        return run;
    }

    private List<Long> pids() throws IOException {
        List<Long> pids = new ArrayList<>();
        for (int leg = 1; leg <= RUNNING; leg++) {
            Files.readAllLines(folder.resolve("pids-" + leg)).forEach(pid -> pids.add(Long.valueOf(pid)));
        }
        return pids;
    }

    private List<ProcessHandle> marked() throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        for (int leg = 1; leg <= RUNNING; leg++) {
            String mark = Files.readString(folder.resolve("mark-" + leg)).strip();
            ProcessHandle.allProcesses()
                    .filter(process -> ProcessTable.startedWith(process.pid(), MARK, mark))
                    .forEach(found::add);
        }
        return found;
    }

    private List<String> stepConclusions(JsonNode job) {
        List<String> conclusions = new ArrayList<>();
        job.path("steps")
                .forEach(step -> conclusions.add(step.path("name").asText() + ": "
                        + step.path("conclusion").asText()));
        return conclusions;
    }

    @Test
    void cancellingLeavesNoProcessAndRunsWhatWantsToRun() throws Exception {
        long run = dispatchAndAwait();
        List<Long> pids = pids();
        assertThat(pids).hasSize(6 * RUNNING).allMatch(ProcessCheck::alive);
        assertThat(marked()).hasSizeGreaterThanOrEqualTo(4 * RUNNING);

        repository.api().expect(202, "POST", repository.runPath(run) + "/cancel", "");
        await("the end of the legs")
                .atMost(Duration.ofMinutes(1))
                .until(() -> "completed"
                        .equals(repository.job(run, "busy 3").path("status").asText()));
        assertThat(repository.run(run).path("status").asText()).isEqualTo("in_progress");
        assertThat(repository.job(run, "stubborn").path("status").asText()).isEqualTo("in_progress");
        signals.send("finish");

        assertThat(repository.awaitEnd(run)).isEqualTo("cancelled");
        assertThat(pids).noneMatch(ProcessCheck::alive);
        assertThat(marked()).isEmpty();
        assertThat(repository.conclusions(run))
                .containsOnly(
                        entry("stubborn", "success"),
                        entry("busy 1", "cancelled"),
                        entry("busy 2", "cancelled"),
                        entry("busy 3", "cancelled"),
                        entry("busy 4", "cancelled"),
                        entry("busy 5", "cancelled"),
                        entry("told", "success"),
                        entry("anyway", "success"),
                        entry("next", "skipped"),
                        entry("unhappy", "skipped"));
        for (int leg = 1; leg <= RUNNING; leg++) {
            assertThat(stepConclusions(repository.job(run, "busy " + leg)))
                    .containsExactly(
                            "Set up job: success",
                            "Family: cancelled",
                            "Left out: skipped",
                            "On failure: skipped",
                            "Tidy: success",
                            "On cancel: success",
                            "Complete job: success");
            assertThat(folder.resolve("tidied-" + leg)).hasContent("cancelled");
            assertThat(folder.resolve("told-" + leg)).exists();
            assertThat(repository.log(run, "busy " + leg)).contains("##[error]The operation was canceled.");
        }
        assertThat(repository.job(run, "busy 5").path("steps")).isEmpty();
        assertThat(folder.resolve("anyway")).hasContent("cancelled");
        assertThat(folder.resolve("told")).exists();
        assertThat(folder.resolve("wrong")).doesNotExist();
        repository.api().expect(409, "POST", repository.runPath(run) + "/cancel", "");
    }

    @Test
    void aForcedCancelEndsAllAtOnceAndNothingRunsAfterIt() throws Exception {
        long run = dispatchAndAwait();
        List<Long> pids = pids();
        assertThat(pids).hasSize(6 * RUNNING).allMatch(ProcessCheck::alive);

        repository.api().expect(202, "POST", repository.runPath(run) + "/force-cancel", "");

        assertThat(repository.awaitEnd(run)).isEqualTo("cancelled");
        assertThat(pids).noneMatch(ProcessCheck::alive);
        assertThat(marked()).isEmpty();
        assertThat(repository.conclusions(run))
                .hasSize(10)
                .allSatisfy((job, conclusion) -> assertThat(conclusion).as(job).isIn("cancelled", "skipped"));
        assertThat(repository.conclusions(run)).containsEntry("stubborn", "cancelled");
        for (String left : List.of("tidied-1", "told-1", "anyway", "told", "wrong")) {
            assertThat(folder.resolve(left)).doesNotExist();
        }
        repository.api().expect(409, "POST", repository.runPath(run) + "/force-cancel", "");
    }
}
