package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchSummary;
import java.nio.charset.StandardCharsets;

/** The summary as a file of the results branch. */
final class SummaryFile {
    private SummaryFile() {}

    static BranchFile of(BatchSummary summary) {
        return BranchFile.of(BatchFiles.SUMMARY, (summary.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
