package io.github.batchferry.provider.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.Shard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
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
    void theLiveLineSaysHowFarHowFastHowLongAndHowMuch() {
        Progress progress = progress(true);
        progress.looked(ID, run("in_progress", "", 1));
        progress.progressed(ID, far(100, 0, "0.02", 0));
        now = START.plusSeconds(30);
        progress.progressed(ID, far(1240, 30, "0.4249", 0));

        assertThat(text()).endsWith("\r1,240/10,000  38/s  ETA 3 min 50 s  40 failed  $0.42  run in progress for 30 s");
    }

    @Test
    void theLiveLineSaysHowManyJobsAreDoneOnceAnyIs() {
        Progress progress = progress(true);
        progress.looked(ID, run("in_progress", "", 1));
        progress.jobs(ID, 0, 4);
        assertThat(text()).endsWith("\rrun in progress for 0 s");
        progress.jobs(ID, 2, 4);
        assertThat(text()).endsWith("\rrun in progress for 0 s  2 of 4 jobs done");
        progress.restarted(ID, run("queued", "", 2));
        progress.looked(ID, run("queued", "", 2));
        progress.looked(ID, run("queued", "", 2));

        assertThat(text()).endsWith("\rrun queued, attempt 2 for 0 s");
    }

    @Test
    void elsewhereJobsAreNotTold() {
        progress(false).jobs(ID, 2, 4);

        assertThat(text()).isEmpty();
    }

    @Test
    void aCostThatIsNotWhollyKnownIsNeverShownAsSuch() {
        Progress progress = progress(false);
        progress.progressed(ID, far(50, 10, "0.005", 3));
        progress.progressed(ID, far(1050, 20, "0", 3));

        assertThat(text()).isEqualTo("""
                        50/10,000  5.0/s  ETA 4 min 20 s  40 failed  at least $0.0050
                        1,050/10,000  100/s  ETA 4 min 20 s  40 failed  cost unknown
                        """);
    }

    @Test
    void elsewhereThereIsALineForEveryTenthAndOnceAMinute() {
        Progress progress = progress(false);
        for (int second = 0; second <= 150; second += 10) {
            now = START.plusSeconds(second);
            progress.progressed(ID, far(second < 100 ? 10 + second : 2000 + second, second, "0", 0));
        }

        assertThat(text().lines().map(line -> line.split(" ")[0]))
                .containsExactly("10/10,000", "70/10,000", "2,100/10,000");
    }

    @Test
    void inAJobOfActionsTheLinesAreAGroupAndNoneIsACommand() {
        InstantSource time = () -> now;
        Progress progress = new Progress(
                new PrintStream(err, true, StandardCharsets.UTF_8), true, true, time.withZone(ZoneOffset.UTC));
        progress.expect(ID);
        progress.looked(ID, run("::error::queued", "", 1));
        progress.looked(ID, run("::error::queued", "", 1));
        progress.say("  ::set-output name=a::b");
        progress.say("and ##[error] too");
        progress.end();

        assertThat(text()).isEqualTo("""
                        ::group::ferry 20260115-093000-k3p7qa
                        run https://github.com/o/r/actions/runs/7
                        run ::error::queued
                        : :set-output name=a::b
                        and # #[error] too
                        ::endgroup::
                        """);
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

    /** Of ten thousand, at a second after the start; forty have failed. */
    private static RunProgress far(long answered, long second, String cost, long unknown) {
        return new RunProgress(
                ID,
                Shard.WHOLE,
                answered,
                10_000,
                RunProgress.State.RUNNING,
                Optional.empty(),
                START,
                START.plusSeconds(second),
                Optional.of(START.plusSeconds(260)),
                7,
                1,
                0,
                Optional.of(new RunProgress.SoFar(Math.max(0, answered - 40), new BigDecimal(cost), unknown)));
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
