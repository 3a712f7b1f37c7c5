package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.batchferry.localgithub.execution.ProcessCheck;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingTest {
    @TempDir
    Path state;

    @Test
    void onceTheQueueIsClosedEvenStepsThatAlwaysRunAreOver() throws IOException, DispatchRefusedException {
        Scheduler scheduler = new Scheduler(state, Clock.systemUTC(), 1, 0.15).workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - { run: "trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done", if: always() }
                      - { run: sleep 300, if: always() }
                """);
        long run = scheduler.dispatch();
        Path pid = state.resolve("runs/" + run + "/workspaces/job/pid");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(pid) && Files.size(pid) > 1);
        long process = Long.parseLong(Files.readString(pid).strip());

        scheduler.close();

        JobRecord job = scheduler.job(run, "job");
        assertThat(job.conclusion()).isEqualTo(Conclusion.CANCELLED);
        assertThat(job.steps())
                .extracting(step -> step.conclusion().word())
                .containsExactly("success", "cancelled", "skipped", "success");
        assertThat(ProcessCheck.alive(process)).isFalse();
    }
}
