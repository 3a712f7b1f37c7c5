package io.github.batchferry.runner;

import io.github.batchferry.runner.job.Job;
import io.github.batchferry.runner.job.JobLog;
import io.github.batchferry.runner.job.StepOutputs;
import io.github.batchferry.runner.tally.SummaryPage;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells people and later jobs how a run ended: log, page and outputs of the step. */
final class RunReport {
    private final InstantSource clock;
    private final Job job;
    private final Shard shard;
    private final JobLog log;
    private final Instant start;

    // Mutable state
    private String note = "";

    /**
     * Begins one for work that begins now.
     *
     * @param shard which requests it is about
     */
    RunReport(InstantSource clock, Job job, Shard shard, JobLog log) {
        this.clock = clock;
        this.job = job;
        this.shard = shard;
        this.log = log;
        this.start = clock.instant();
    }

    /** Takes note of an end in order: all is answered, or the rest is left for another run. */
    void ended(Tally tally, Pause pause) throws IOException {
        if (pause == Pause.NONE) {
            return;
        }
        String sentence = "paused with " + tally.total() + " of " + requests()
                + " requests answered, before the time of the job is up; " + whatNext(pause);
        log.line(sentence);
        note = "**" + sentence + "**\n\n";
        if (pause == Pause.GETTING_ON) {
            new StepOutputs(job.outputs()).paused();
        }
    }

    private String whatNext(Pause pause) {
        if (pause == Pause.GETTING_ON) {
            return job.whoContinues();
        }
        String nothing = "nothing new was answered";
        return shard.isWhole()
                ? nothing
                        + ", so that no other run is started by itself: give the jobs more time (FERRY_DEADLINE in the"
                        + " workflow), then: ferry resume " + job.manifest().batchId()
                : nothing + " in this shard";
    }

    /** Writes the page. */
    void write(Tally tally) {
        Duration duration = Duration.between(start, clock.instant());
        String page = SummaryPage.of(job.manifest().batchId(), requests(), tally, duration)
                + (shard.isWhole() ? "" : "These are the requests of " + shard + ".\n\n")
                + note;
        try {
            if (job.summaryPage().isPresent()) {
                Files.writeString(job.summaryPage().get(), page, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            log.line("cannot write the summary page: " + e);
        }
    }

    private long requests() {
        return shard.size(job.manifest().requestCount());
    }
}
