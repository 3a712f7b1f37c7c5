package io.github.batchferry.provider.cli;

import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.RunReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the exit codes mean. Incomplete is never shown as success. */
final class ExitCodes {
    static final int SUCCESS = 0;
    static final int FAILED = 1;
    static final int INVALID = 2;
    static final int NOT_ALL_SUCCEEDED = 3;
    static final int AUTHENTICATION = 4;
    static final int QUOTA_OR_BUDGET = 5;
    static final int STILL_RUNNING = 8;
    static final int INTERRUPTED = 130;

    private ExitCodes() {}

    /** The list for the help, in order. */
    static Map<String, String> explained() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "every request succeeded");
        codes.put("1", "the run or the command failed");
        codes.put("2", "the command line or an input is not valid; nothing was changed");
        codes.put("3", "finished, but not every request succeeded");
        codes.put("4", "authentication failed or is missing");
        codes.put("5", "finished, but stopped by the vendor's quota or the batch's budget");
        codes.put("8", "the run is still going, or was not begun");
        codes.put("130", "interrupted; the batch can be resumed");
        return codes;
    }

    /** The code for a look at a run: over and well, over and badly, or not over. */
    static int of(RunReport report) {
        if (!report.over()) {
            return STILL_RUNNING;
        }
        return report.run().filter(WorkflowRun::succeeded).isPresent() ? SUCCESS : FAILED;
    }

    /**
     * The code for a run and the responses that were collected from it. Results that the runner declared complete count as
     * they are, also when the run failed or was cancelled after that.
     *
     * @param outOfMoney whether quota or budget kept a request from being answered
     */
    static int of(RunReport report, CollectedBatch collected, boolean outOfMoney) {
        boolean runFailed = report.over() && of(report) == FAILED;
        if (collected.complete() && (!runFailed || collected.summary().isPresent())) {
            int failures = outOfMoney ? QUOTA_OR_BUDGET : NOT_ALL_SUCCEEDED;
            return collected.allSucceeded() ? SUCCESS : failures;
        }
        return report.over() ? FAILED : STILL_RUNNING;
    }
}
