package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.cli.output.Amounts;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ferry validate}: checks requests and sends nothing. */
@Command(
        name = "validate",
        description = "Check a file of requests and show every problem; nothing is sent.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry validate prompts.jsonl --target cloud-eval-runner"})
final class ValidateCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Parameters(
            paramLabel = "FILE",
            description = "Requests, one a line: OpenAI Batch lines or plain lines; - for standard input.")
    private String file;

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private HelpOption help;

    ValidateCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        Target target = targetOptions.target(context);
        RequestSource source = RequestFile.open(context, file);
        return work.run((batches, progress) -> {
            long requests = batches.validate(source, target);
            context.out().println(file + ": " + Amounts.count(requests, "request") + ", no problems");
            return ExitCodes.SUCCESS;
        });
    }
}
