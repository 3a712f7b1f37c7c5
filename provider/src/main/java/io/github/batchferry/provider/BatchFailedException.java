package io.github.batchferry.provider;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.wire.BatchId;
import java.util.Optional;

/**
 * A batch has not brought a response for every request. Nothing that was answered is lost: asking the same requests again
 * takes the batch up where it stands.
 */
public final class BatchFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RunReport report;
    private final transient Optional<CollectedBatch> collected;

    private BatchFailedException(String message, RunReport report, Optional<CollectedBatch> collected) {
        super(message);
        this.report = report;
        this.collected = collected;
    }

    static BatchFailedException stillRunning(RunReport report) {
        String state = report.run()
                .map(run -> "its run is still " + run.status() + ", see " + run.htmlUrl())
                .orElse("no run of it has been seen");
        return new BatchFailedException(
                "batch `" + report.batch() + "` is not over within the time-out; " + state, report, Optional.empty());
    }

    static BatchFailedException incomplete(RunReport report, CollectedBatch collected) {
        String missing = collected.missingCount() + " of " + collected.requests() + " requests of batch `"
                + report.batch() + "` have no response";
        return new BatchFailedException(
                report.run().map(run -> missing + "; " + end(report, run)).orElse(missing),
                report,
                Optional.of(collected));
    }

    /** The batch. */
    public BatchId batch() {
        return report.batch();
    }

    /** How the run stood, and where it failed if it did. */
    public RunReport report() {
        return report;
    }

    /** What was collected all the same; empty if the run was not over. */
    public Optional<CollectedBatch> collected() {
        return collected;
    }

    private static String end(RunReport report, WorkflowRun run) {
        String step = report.failure()
                .flatMap(RunReport.Failure::step)
                .map(failed -> " in step `" + failed.name() + "`")
                .orElse("");
        return "its run ended with " + run.conclusion().orElse("nothing") + step + ", see " + run.htmlUrl();
    }
}
