package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.Arrivals;
import io.github.batchferry.provider.batch.Submission;
import io.github.batchferry.provider.batch.Submitted;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Target;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ferry run}: the whole way, from requests to responses. */
@Command(
        name = "run",
        description = "Send a batch, wait for its run, and collect one response per request.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  $$ ferry run prompts.jsonl",
            "  $$ ferry run prompts.jsonl --target cloud-eval-runner -o answers.jsonl",
            "  $$ generate-prompts | ferry run - -o - --vendor openai > answers.jsonl"
        })
final class RunCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Mixin
    private InputOptions inputOptions = new InputOptions();

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private AsCompletedOption asCompletedOption = new AsCompletedOption();

    @Mixin
    private SubmitOptions submitOptions = new SubmitOptions();

    @Mixin
    private HelpOption help;

    RunCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        BatchReporter reporter =
                new BatchReporter(context, outputOptions, asCompletedOption.place(context, outputOptions));
        Target target = submitOptions.adjusted(targetOptions.target(context));
        Submission how = submitOptions.submission(target);
        RequestSource source = inputOptions.open(context);
        if (submitOptions.dryRun()) {
            return work.run((batches, progress) ->
                    DryRun.report(context, batches.plan(source, target, how), outputOptions.json()));
        }
        return work.run((batches, progress) -> {
            Optional<Arrivals> arrivals = reporter.arrivals(progress);
            Submitted submitted = batches.submit(source, target, how);
            if (submitted.attached()) {
                progress.expect(submitted.batch());
                progress.say("the same requests are already on their way as batch " + submitted.batch()
                        + "; --fresh sends them anew");
                // the run of the earlier batch may have ended with its client
                return reporter.waited(
                        batches, progress, batches.resume(submitted.batch(), Optional.empty(), arrivals));
            }
            return reporter.waited(batches, progress, batches.watch(submitted.batch(), Optional.empty(), arrivals));
        });
    }
}
