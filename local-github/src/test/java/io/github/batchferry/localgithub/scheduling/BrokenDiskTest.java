package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.execution.ProcessCheck;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenDiskTest {
    @TempDir
    Path state;

    @TempDir
    Path folder;

    private final Logger log = Logger.getLogger(RunQueue.class.getName());
    private Signals signals;
    private Scheduler scheduler;

    @BeforeEach
    void start() throws IOException {
        log.setLevel(Level.OFF); // what is to happen here is told in detail
        signals = new Signals(folder);
        scheduler = new Scheduler(state);
    }

    @AfterEach
    void stop() {
        log.setLevel(null);
        scheduler.close();
    }

    @Test
    void aRunThatCannotBeWrittenDownBlocksNobodyAndEndsOnceItCan() throws Exception {
        scheduler.workflow("""
                on: workflow_dispatch
                concurrency: live
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps: [ { run: "sleep 300 & echo $! > %s/pid; %s; %s" } ]
                  next:
                    needs: job
                    runs-on: ubuntu-24.04
                    steps: [ { run: "true" } ]
                """.formatted(folder, signals.give("began"), signals.await("go")));
        long broken = scheduler.dispatch();
        signals.receive("began");
        long left = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        long next = scheduler.dispatch();
        Path runFolder = scheduler.directory.run(broken);
        Path aside = state.resolve("aside");
        Files.move(runFolder, aside);
        Files.createFile(runFolder); // whatever is written below it fails from now on

        signals.send("go");

        assertThat(scheduler.awaitEnd(next)).isEqualTo(Conclusion.SUCCESS);
        assertThat(scheduler.run(broken).latest().status()).isEqualTo(Status.IN_PROGRESS);
        assertThat(ProcessCheck.alive(left)).isFalse();
        Files.delete(runFolder);
        Files.move(aside, runFolder);
        assertThat(scheduler.awaitEnd(broken)).isEqualTo(Conclusion.FAILURE);
        assertThat(scheduler.verdicts(broken)).containsEntry("job", "failure");
        assertThat(scheduler.queue.rerun(broken, RerunRequest.by("hubot"))).isTrue();
        assertThat(scheduler.awaitEnd(broken)).isEqualTo(Conclusion.SUCCESS);
    }
}
