package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
    @TempDir
    Path state;

    @TempDir
    Path folder;

    private Signals signals;
    private Scheduler scheduler;

    @BeforeEach
    void start() throws IOException {
        signals = new Signals(folder);
        scheduler = new Scheduler(state, Clock.systemUTC(), 8, 1);
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private long dispatch(String concurrency, String word) throws Exception {
        return scheduler
                .workflow("""
                on:
                  workflow_dispatch:
                    inputs: { word: , cancel: { type: boolean } }
                jobs:
                  before:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                  deploy:
                    needs: before
                    concurrency: %s
                    runs-on: ubuntu-24.04
                    steps: [ { run: "%s" } ]
                """.formatted(concurrency, signals.await("go-${{ inputs.word }}")))
                .dispatch(Map.of("word", word, "cancel", word.equals("urgent") ? "true" : "false"));
    }

    private void awaitJob(long run, String key, String standing) {
        scheduler.await(run, attempt -> standing.equals(scheduler.verdicts(run).get(key)));
    }

    @Test
    void jobsOfAGroupRunOneAfterTheOther() throws Exception {
        long one = dispatch("live", "one");
        awaitJob(one, "deploy", "in_progress");
        long two = dispatch("LIVE", "two");
        awaitJob(two, "deploy", "pending");
        scheduler.awaitStatus(two, Status.PENDING);
        assertThat(scheduler.queue.groups(Scheduler.NAME))
                .containsExactly(new ConcurrencyGroup(
                        "live",
                        List.of(
                                new ConcurrencyGroup.Member(
                                        one,
                                        Optional.of(scheduler.job(one, "deploy").id()),
                                        true),
                                new ConcurrencyGroup.Member(
                                        two,
                                        Optional.of(scheduler.job(two, "deploy").id()),
                                        false))));
        long three = dispatch("live", "three");

        assertThat(scheduler.awaitEnd(two)).isEqualTo(Conclusion.CANCELLED);
        assertThat(scheduler.verdicts(two)).containsExactly(entry("before", "success"), entry("deploy", "cancelled"));
        assertThat(scheduler.annotation(two, "deploy"))
                .isEqualTo("Canceling since a higher priority waiting request for LIVE exists");
        signals.send("go-one");
        signals.send("go-three");
        assertThat(scheduler.awaitEnd(one)).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.awaitEnd(three)).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.queue.groups(Scheduler.NAME)).isEmpty();
    }

    @Test
    void whetherTheOneThatRunsIsCancelledMayBeAnExpression() throws Exception {
        String group = "{ group: live, cancel-in-progress: \"${{ inputs.cancel }}\" }";
        long one = dispatch(group, "one");
        awaitJob(one, "deploy", "in_progress");
        long two = dispatch(group, "two");
        awaitJob(two, "deploy", "pending");
        assertThat(scheduler.verdicts(one)).containsEntry("deploy", "in_progress");

        long urgent = dispatch(group, "urgent");

        assertThat(scheduler.awaitEnd(one)).isEqualTo(Conclusion.CANCELLED);
        assertThat(scheduler.awaitEnd(two)).isEqualTo(Conclusion.CANCELLED);
        signals.send("go-urgent");
        assertThat(scheduler.awaitEnd(urgent)).isEqualTo(Conclusion.SUCCESS);
    }

    @Test
    void aLongQueueKeepsAllInOrder() throws Exception {
        List<Long> runs = new ArrayList<>();
        for (String word : List.of("one", "two", "three")) {
            runs.add(dispatch("{ group: live, queue: max }", word));
            awaitJob(runs.get(runs.size() - 1), "deploy", runs.size() == 1 ? "in_progress" : "pending");
        }
        signals.send("go-three");
        signals.send("go-one");
        assertThat(scheduler.awaitEnd(runs.get(0))).isEqualTo(Conclusion.SUCCESS);
        awaitJob(runs.get(1), "deploy", "in_progress");
        assertThat(scheduler.verdicts(runs.get(2))).containsEntry("deploy", "pending");
        signals.send("go-two");

        assertThat(scheduler.awaitEnd(runs.get(1))).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.awaitEnd(runs.get(2))).isEqualTo(Conclusion.SUCCESS);
    }

    @Test
    void aJobThatWouldWaitForItsOwnRunIsADeadlock() throws Exception {
        scheduler.workflow("""
                on: workflow_dispatch
                concurrency: live
                jobs:
                  deploy:
                    concurrency: live
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """);

        long run = scheduler.dispatch();

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.CANCELLED);
        assertThat(scheduler.annotation(run, "deploy"))
                .isEqualTo("Canceling since a deadlock was detected for concurrency group: 'live'"
                        + " between a top level workflow and 'deploy'");
        assertThat(scheduler.queue.groups(Scheduler.NAME)).isEmpty();
    }

    @Test
    void aCallHoldsItsGroupUntilAllThatItCallsIsOver() throws Exception {
        scheduler
                .file(".github/workflows/called.yml", """
                on:
                  workflow_call:
                    inputs: { word: { type: string } }
                jobs:
                  a:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                  b:
                    needs: a
                    runs-on: ubuntu-24.04
                    steps: [ { run: "%s" } ]
                """.formatted(signals.await("go")))
                .workflow("""
                on: workflow_dispatch
                jobs:
                  call:
                    concurrency: live
                    uses: ./.github/workflows/called.yml
                """);
        long one = scheduler.dispatch();
        awaitJob(one, "call/b", "in_progress");
        long two = scheduler.dispatch();
        scheduler.awaitStatus(two, Status.PENDING);
        assertThat(scheduler.verdicts(two)).isEmpty();

        signals.send("go");

        assertThat(scheduler.awaitEnd(one)).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.awaitEnd(two)).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.verdicts(two)).containsOnlyKeys("call/a", "call/b");
    }

    @Test
    void aPendingRunShowsItsJobsAndSkipsThemWhenCancelled() throws Exception {
        scheduler.workflow("""
                on: workflow_dispatch
                concurrency: live
                jobs:
                  a:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "%s" } ]
                  b:
                    needs: a
                    if: always()
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """.formatted(signals.await("go")));
        long one = scheduler.dispatch();
        long two = scheduler.dispatch();
        assertThat(scheduler.verdicts(two)).containsExactly(entry("a", "pending"));

        scheduler.queue.cancel(two);

        assertThat(scheduler.run(two).latest().conclusion()).isEqualTo(Conclusion.CANCELLED);
        assertThat(scheduler.verdicts(two)).containsExactly(entry("a", "cancelled"), entry("b", "cancelled"));
        signals.send("go");
        assertThat(scheduler.awaitEnd(one)).isEqualTo(Conclusion.SUCCESS);
    }
}
