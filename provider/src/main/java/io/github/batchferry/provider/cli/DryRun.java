package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.BatchPlan;
import io.github.batchferry.provider.cli.output.PlanText;
import java.util.List;

/** The end of a command that only says what it would do. */
final class DryRun {
    private DryRun() {}

    /** Prints a plan; gives the exit code. */
    static int report(CliContext context, BatchPlan plan, boolean json) {
        List<String> lines = json ? List.of(PlanText.json(plan).toString()) : PlanText.of(plan);
        lines.forEach(context.out()::println);
        return ExitCodes.SUCCESS;
    }
}
