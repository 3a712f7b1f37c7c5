package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Submission;
import io.github.batchferry.provider.batch.Submitted;
import io.github.batchferry.provider.cli.output.BatchJson;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.targets.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ferry submit}: sends a batch and does not wait for it. */
@Command(
        name = "submit",
        description = "Send a batch and print its name; its run goes on without you.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry submit prompts.jsonl --target cloud-eval-runner"})
final class SubmitCommand implements Callable<Integer> {
    private final CliContext context;
    private final BatchWork work;

    // Mutable state, set by picocli
    @Mixin
    private InputOptions inputOptions = new InputOptions();

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private SubmitOptions submitOptions = new SubmitOptions();

    @Mixin
    private JsonOption jsonOption = new JsonOption();

    @Mixin
    private HelpOption help;

    SubmitCommand(CliContext context, BatchWork work) {
        this.context = context;
        this.work = work;
    }

    @Override
    public Integer call() throws Exception {
        Target target = submitOptions.adjusted(targetOptions.target(context));
        if (target instanceof Target.Embedded) {
            throw new UsageException(
                    "target `" + target.name()
                            + "` lives only while ferry runs; use ferry run, or start ferry local-github serve and target that");
        }
        Submission how = submitOptions.submission(target);
        RequestSource source = inputOptions.open(context);
        if (submitOptions.dryRun()) {
            return work.run((batches, progress) ->
                    DryRun.report(context, batches.plan(source, target, how), jsonOption.json()));
        }
        return work.run((batches, progress) -> {
            Submitted submitted = batches.submit(source, target, how);
            if (submitted.attached()) {
                progress.say("the same requests are already on their way; --fresh sends them anew");
            }
            progress.say("wait for it with: ferry resume " + submitted.batch());
            print(batches.record(submitted.batch()));
            return ExitCodes.SUCCESS;
        });
    }

    private void print(BatchRecord record) {
        context.out()
                .println(
                        jsonOption.json()
                                ? BatchJson.ofRecord(record)
                                : record.manifest().batchId());
    }
}
