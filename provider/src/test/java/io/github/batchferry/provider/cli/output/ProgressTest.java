package io.github.batchferry.provider.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.wire.BatchId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final BatchId ID = new BatchId("20260115-093000-k3p7qa");
    private static final Instant START = Instant.parse("2026-01-15T09:30:00Z");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    // Mutable state
    private Instant now = START;

    @Test
    void plainProgressHasALineOnlyWhereSomethingChanged() {
        Progress progress = progress(false);
        progress.looked(ID, run("queued", "", 1));
        progress.looked(ID, run("queued", "", 1));
        progress.looked(ID, run("in_progress", "", 1));
        progress.looked(ID, run("in_progress", "", 1));
        progress.looked(ID, run("completed", "failure", 1));
        progress.restarted(ID, run("queued", "", 2));
        progress.looked(ID, run("completed", "success", 2));

        assertThat(text()).isEqualTo("""
                        run https://github.com/o/r/actions/runs/7
                        run queued
                        run in progress
                        run completed: failure
                        the run ended without complete results and was started again
                        run completed: success, attempt 2
                        """);
    }

    @Test
    void onATerminalOneLineIsWrittenOverAndGoneBeforeTheNext() {
        Progress progress = progress(true);
        progress.looked(ID, run("queued", "", 1));
        now = START.plusSeconds(12);
        progress.looked(ID, run("queued", "", 1));
        now = START.plusSeconds(75);
        progress.looked(ID, run("queued", "", 1));
        progress.say("done");

        String live = "run queued for 1 min 15 s";
        assertThat(text())
                .isEqualTo("run https://github.com/o/r/actions/runs/7\nrun queued\n"
                        + "\rrun queued for 12 s"
                        + "\r" + live
                        + "\r" + " ".repeat(live.length()) + "\r"
                        + "done\n");
    }

    @Test
    void aFailedLookIsToldOncePerReason() {
        Progress progress = progress(false);
        progress.lookFailed(ID, "connection refused", Duration.ofSeconds(3));
        progress.lookFailed(ID, "connection refused", Duration.ofSeconds(6));
        progress.lookFailed(ID, "time-out", Duration.ofMillis(6500));

        assertThat(text()).isEqualTo("""
                        could not look at the run: connection refused; looking again in 3s
                        could not look at the run: time-out; looking again in 6500ms
                        """);
    }

    @Test
    void whatAServerSendsCannotSteerTheTerminal() {
        progress(true).looked(ID, run("\u001b[2Jqueued\u0007", "", 1));

        assertThat(text()).endsWith("run queued?\n").doesNotContain("\u001b");
    }

    @Test
    void knowsTheBatchAsSoonAsItIsWrittenDown() {
        Progress progress = progress(false);
        assertThat(progress.batch()).isEmpty();
        progress.prepared(ID, 12_000);
        progress.delivered(ID, false, 3_400_000);

        assertThat(progress.batch()).contains(ID);
        assertThat(text()).isEqualTo("""
                        prepared 12,000 requests as batch 20260115-093000-k3p7qa
                        delivered 3.4 MB on branch eval-batches/20260115-093000-k3p7qa
                        """);
    }

    private Progress progress(boolean live) {
        InstantSource time = () -> now;
        return new Progress(new PrintStream(err, true, StandardCharsets.UTF_8), live, time.withZone(ZoneOffset.UTC));
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static WorkflowRun run(String status, String conclusion, int attempt) {
        return new WorkflowRun(
                7,
                attempt,
                "llm-batch " + ID,
                "workflow_dispatch",
                status,
                Optional.of(conclusion).filter(text -> !text.isEmpty()),
                START,
                URI.create("https://github.com/o/r/actions/runs/7"));
    }
}
