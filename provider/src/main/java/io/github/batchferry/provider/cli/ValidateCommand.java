package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.cli.output.Amounts;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Target;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ferry validate}: checks requests, or a file of settings, and sends nothing. */
@Command(
        name = "validate",
        description = "Check requests or settings and show every problem; nothing is sent.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry validate prompts.jsonl --target cloud-eval-runner", "  $$ ferry validate targets.yaml"})
final class ValidateCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Mixin
    private InputOptions inputOptions = new InputOptions();

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
        String file = inputOptions.file();
        if (SettingsCheck.holdsSettings(file)) {
            return settings(file);
        }
        Target target = targetOptions.target(context);
        RequestSource source = inputOptions.open(context);
        return work.run((batches, progress) -> {
            long requests = batches.validate(source, target);
            context.out().println(file + ": " + Amounts.count(requests, "request") + ", no problems");
            return ExitCodes.SUCCESS;
        });
    }

    private int settings(String file) throws Exception {
        try (InputStream in = RequestFile.open(context, file).content().open()) {
            String summary = SettingsCheck.summary(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            context.out().println(file + ": " + summary + ", no problems");
            return ExitCodes.SUCCESS;
        }
    }
}
