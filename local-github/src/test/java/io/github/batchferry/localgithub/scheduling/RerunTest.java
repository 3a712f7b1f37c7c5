package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerunTest {
    private static final RerunRequest HUBOT = RerunRequest.by("hubot");

    @TempDir
    Path state;

    @TempDir
    Path folder;

    private Signals signals;
    private Scheduler scheduler;

    @BeforeEach
    void start() throws IOException {
        signals = new Signals(folder);
        scheduler = new Scheduler(state);
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    /** A job that notes that it ran, fails as long as a signal is missing, and tells what it was told. */
    private String diamond() {
        return """
                on: workflow_dispatch
                jobs:
                  top:
                    runs-on: ubuntu-24.04
                    outputs: { value: "${{ steps.say.outputs.value }}" }
                    steps: [ { id: say, run: "echo top >> %1$s/ran; echo value=$GITHUB_RUN_ATTEMPT >> $GITHUB_OUTPUT" } ]
                  good:
                    needs: top
                    runs-on: ubuntu-24.04
                    outputs: { said: "good-${{ needs.top.outputs.value }}" }
                    steps: [ { run: echo good >> %1$s/ran } ]
                  legs:
                    needs: top
                    runs-on: ubuntu-24.04
                    strategy: { fail-fast: false, matrix: { leg: [1, 2] } }
                    steps: [ { run: "echo leg-${{ matrix.leg }} >> %1$s/ran; [ ${{ matrix.leg }} = 1 ] || [ -e %1$s/mended ]" } ]
                  bottom:
                    needs: [good, legs]
                    runs-on: ubuntu-24.04
                    steps: [ { run: "echo bottom ${{ needs.good.outputs.said }} >> %1$s/ran" } ]
                """.formatted(folder);
    }

    private List<String> ran() throws IOException {
        List<String> ran =
                Files.readAllLines(folder.resolve("ran")).stream().sorted().toList();
        Files.delete(folder.resolve("ran"));
        return ran;
    }

    private static List<Long> ids(AttemptRecord attempt) {
        return attempt.jobs().stream().map(JobRecord::id).toList();
    }

    @Test
    void aRerunOfWhatFailedTakesTheOthersOverWithTheirOutputs() throws Exception {
        scheduler.workflow(diamond());
        long run = scheduler.dispatch();
        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.FAILURE);
        assertThat(ran()).containsExactly("good", "leg-1", "leg-2", "top");
        assertThat(scheduler.verdicts(run))
                .containsExactly(
                        entry("top", "success"),
                        entry("good", "success"),
                        entry("legs#1", "success"),
                        entry("legs#2", "failure"),
                        entry("bottom", "skipped"));
        signals.send("mended");

        assertThat(scheduler.queue.rerunFailed(run, HUBOT)).isTrue();

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        assertThat(ran()).containsExactly("bottom good-1", "leg-2");
        RunRecord record = scheduler.run(run);
        assertThat(record.latest().number()).isEqualTo(2);
        assertThat(record.latest().triggeringActor()).isEqualTo("hubot");
        assertThat(record.latest().jobs().stream().collect(Collectors.toMap(JobRecord::key, JobRecord::attempt)))
                .containsOnly(
                        entry("top", 1), entry("good", 1), entry("legs#1", 1), entry("legs#2", 2), entry("bottom", 2));
        assertThat(ids(record.latest()).subList(0, 3))
                .isEqualTo(ids(record.attempts().get(0)).subList(0, 3));
    }

    @Test
    void aRerunOfOneJobRunsThatAndWhatWaitsForIt() throws Exception {
        signals.send("mended");
        scheduler.workflow(diamond());
        long run = scheduler.dispatch();
        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        ran();

        long good = scheduler.job(run, "good").id();
        assertThat(scheduler.queue.rerunJob(run, good, HUBOT)).isTrue();

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        assertThat(ran()).containsExactly("bottom good-1", "good");
        assertThat(scheduler.queue.rerunJob(run, good, HUBOT))
                .as("by its number in the first attempt")
                .isTrue();
        scheduler.awaitEnd(run);
        assertThat(ran()).containsExactly("bottom good-1", "good");
    }

    @Test
    void aRerunOfAllRunsAllAgain() throws Exception {
        signals.send("mended");
        scheduler.workflow(diamond());
        long run = scheduler.dispatch();
        scheduler.awaitEnd(run);
        ran();

        assertThat(scheduler.queue.rerun(run, HUBOT)).isTrue();

        scheduler.awaitEnd(run);
        assertThat(ran()).containsExactly("bottom good-2", "good", "leg-1", "leg-2", "top");
    }

    @Test
    void whatMayNotRunAgainIsRefused() throws Exception {
        scheduler.workflow("""
                on: workflow_dispatch
                jobs: { job: { runs-on: ubuntu-24.04, steps: [ { run: "%s" } ] } }
                """.formatted(signals.await("go")));
        long run = scheduler.dispatch();
        assertThat(scheduler.queue.rerun(run, HUBOT)).isFalse();
        assertThat(scheduler.queue.rerunFailed(run, HUBOT)).isFalse();
        long job = scheduler.job(run, "job").id();
        assertThat(scheduler.queue.rerunJob(run, job, HUBOT)).isFalse();
        signals.send("go");
        scheduler.awaitEnd(run);

        assertThatThrownBy(() -> scheduler.queue.rerunFailed(run, HUBOT))
                .isInstanceOf(RunRefusedException.class)
                .hasMessage("Unable to retry this workflow run because it was not attempted with failed jobs.");
        assertThatThrownBy(() -> scheduler.queue.rerunJob(run, 99, HUBOT)).isInstanceOf(RunRefusedException.class);
        scheduler.runs.update(run, before -> {
            RunRecord many = before;
            while (many.attempts().size() <= 50) {
                many = many.withAttempt(many.latest());
            }
            return many;
        });
        assertThatThrownBy(() -> scheduler.queue.rerun(run, HUBOT))
                .isInstanceOf(RunRefusedException.class)
                .hasMessageContaining("50 times");
    }

    @Test
    void anOldRunIsNotRunAgain() throws Exception {
        scheduler.close();
        Instant now = Instant.parse("2026-11-21T08:00:00Z");
        AtomicReference<Instant> time = new AtomicReference<>(now);
        scheduler = new Scheduler(state, new MovedClock(time::get), 4, 1);
        scheduler.workflow("""
                on: workflow_dispatch
                jobs: { job: { runs-on: ubuntu-24.04, steps: [ { run: "true" } ] } }
                """);
        long run = scheduler.dispatch();
        scheduler.awaitEnd(run);
        time.set(now.plus(Duration.ofDays(31)));

        assertThatThrownBy(() -> scheduler.queue.rerun(run, HUBOT))
                .hasMessage("Unable to retry this workflow run because it was created over a month ago");
    }

    @Test
    void jobsOfCalledWorkflowsAreTakenOverToo() throws Exception {
        scheduler.file(".github/workflows/called.yml", """
                on:
                  workflow_call:
                    outputs: { sum: { value: "${{ jobs.one.outputs.x }}+${{ jobs.two.outputs.x }}" } }
                jobs:
                  one:
                    runs-on: ubuntu-24.04
                    outputs: { x: "${{ steps.a.outputs.x }}" }
                    steps: [ { id: a, run: "echo one >> %1$s/ran; echo x=1-$GITHUB_RUN_ATTEMPT >> $GITHUB_OUTPUT" } ]
                  two:
                    runs-on: ubuntu-24.04
                    outputs: { x: "${{ steps.a.outputs.x }}" }
                    steps: [ { id: a, run: "echo two >> %1$s/ran; echo x=2-$GITHUB_RUN_ATTEMPT >> $GITHUB_OUTPUT; [ -e %1$s/mended ]" } ]
                """.formatted(folder)).workflow("""
                on: workflow_dispatch
                jobs:
                  call: { uses: ./.github/workflows/called.yml }
                  after:
                    needs: call
                    runs-on: ubuntu-24.04
                    steps: [ { run: "echo ${{ needs.call.outputs.sum }} >> %1$s/ran" } ]
                """.formatted(folder));
        long run = scheduler.dispatch();
        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.FAILURE);
        assertThat(ran()).containsExactly("one", "two");
        signals.send("mended");

        scheduler.queue.rerunFailed(run, HUBOT);

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        assertThat(ran()).containsExactly("1-1+2-2", "two");
    }
}
