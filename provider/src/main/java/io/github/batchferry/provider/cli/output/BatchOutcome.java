package io.github.batchferry.provider.cli.output;

import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.RunReport;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a batch has come, as a command found it.
 *
 * @param record the batch as the journal knows it
 * @param report the last look at its run
 * @param results what was collected; empty if nothing was asked for yet
 * @param exitCode what the command ends with
 */
public record BatchOutcome(BatchRecord record, RunReport report, Optional<Results> results, int exitCode) {
    /**
     * What was collected and where it went.
     *
     * @param collected counts and findings
     * @param place file of the responses as the user would name it, {@code -} for standard output; empty if there are none
     * @param elapsed how long the command took
     */
    public record Results(CollectedBatch collected, Optional<String> place, Duration elapsed) {}
}
