package io.github.batchferry.provider.cli;

import io.github.batchferry.github.TokenText;
import io.github.batchferry.provider.cli.output.ActionsLog;
import io.github.batchferry.provider.input.RequestForm;
import io.github.batchferry.provider.targets.DollarAmount;
import io.github.batchferry.provider.targets.WebAddress;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.InvalidValueException;
import io.github.batchferry.wire.config.DurationText;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.TypeConversionException;

/** The program: puts the commands together, runs the one that is asked for, and turns failures into words and exit codes. */
public final class Ferry {
    private static final int HELP_WIDTH = 100;

    private final CliContext context;
    private final BatchWork work;

    private Ferry(CliContext context, BatchesOpener opener) {
        this.context = context;
        this.work = new BatchWork(context, opener);
    }

    /** Runs a command line and returns its exit code; see {@link ExitCodes}. */
    public static int run(CliContext context, String... args) {
        return run(context, new JournaledOpener(), args);
    }

    static int run(CliContext context, BatchesOpener opener, String... args) {
        Ferry ferry = new Ferry(context, opener);
        try {
            refuseTokens(args);
            return ferry.commandLine().execute(args);
        } catch (UsageException | RuntimeException | Error e) {
            return ferry.report(e);
        } finally {
            context.out().flush();
            context.err().flush();
        }
    }

    /** Command lines are seen by everybody on the machine and kept in histories; what is refused is not repeated. */
    private static void refuseTokens(String... args) throws UsageException {
        if (Stream.of(args).anyMatch(TokenText::isIn)) {
            throw new UsageException(
                    "never pass a token on the command line, where others can read it; revoke this one, and"
                            + " put the next in environment variable GH_TOKEN or one that token_env of the target names");
        }
    }

    private CommandLine commandLine() {
        CommandLine help = new CommandLine(new CommandLine.HelpCommand());
        help.getCommandSpec().usageMessage().hidden(true);
        CommandLine ferry = new CommandLine(new FerryCommand())
                .addSubcommand(new RunCommand(context, work))
                .addSubcommand(new SubmitCommand(context, work))
                .addSubcommand(new StatusCommand(context, work))
                .addSubcommand(new WatchCommand(context, work))
                .addSubcommand(new CollectCommand(context, work))
                .addSubcommand(new ResumeCommand(context, work))
                .addSubcommand(new RetryFailedCommand(context, work))
                .addSubcommand(new CancelCommand(context, work))
                .addSubcommand(new ListCommand(context, work))
                .addSubcommand(new VerifyCommand(context, work))
                .addSubcommand(new PruneCommand(context, work))
                .addSubcommand(new ValidateCommand(context, work))
                .addSubcommand(new ConvertCommand(context))
                .addSubcommand(new InitRunnerCommand(context))
                .addSubcommand(new DoctorCommand(context))
                .addSubcommand(localGitHub())
                .addSubcommand(help);
        ferry.getCommandSpec().usageMessage().exitCodeList(ExitCodes.explained());
        return configured(ferry);
    }

    private CommandLine localGitHub() {
        CommandLine secret = new CommandLine(new SecretCommand())
                .addSubcommand(new SecretSetCommand(context))
                .addSubcommand(new SecretListCommand(context))
                .addSubcommand(new SecretDeleteCommand(context));
        return new CommandLine(new LocalGitHubCommand())
                .addSubcommand(new ServeCommand(context))
                .addSubcommand(secret);
    }

    private CommandLine configured(CommandLine ferry) {
        EnvironmentSettings settings = new EnvironmentSettings(context.environment());
        // a file may be called @prompts.jsonl
        return ferry.setExpandAtFiles(false)
                .setOut(new PrintWriter(context.out(), true))
                .setErr(new PrintWriter(context.err(), true))
                .setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(context.colours() ? Ansi.ON : Ansi.OFF))
                .registerConverter(BatchId.class, Ferry::batchId)
                .registerConverter(Duration.class, Ferry::duration)
                .registerConverter(URI.class, Ferry::address)
                .registerConverter(RequestForm.class, Ferry::form)
                .registerConverter(BigDecimal.class, Ferry::amount)
                .setDefaultValueProvider(settings)
                .setParameterExceptionHandler(new UsageErrors(context.err(), settings))
                .setExecutionExceptionHandler((e, command, parsed) -> report(e));
    }

    private int report(Throwable e) {
        ErrorReport report = ErrorReport.of(e);
        context.out().flush();
        report.lines().forEach(line -> context.err().println(shown(line)));
        if (context.traces()) {
            e.printStackTrace(context.err());
        }
        return report.exitCode();
    }

    /** In a job of GitHub Actions an error is shown as one, and no text of others is taken for a command. */
    private String shown(String line) {
        if (!context.inActions()) {
            return line;
        }
        return line.startsWith("error: ")
                ? ActionsLog.error(line.substring("error: ".length()))
                : ActionsLog.plain(line);
    }

    private static BatchId batchId(String text) {
        try {
            return new BatchId(text);
        } catch (InvalidValueException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException("expected " + DurationText.EXPECTED + ", found `" + text + "`"));
    }

    private static BigDecimal amount(String text) {
        return DollarAmount.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException("expected " + DollarAmount.EXPECTED + ", found `" + text + "`"));
    }

    private static RequestForm form(String text) {
        return RequestForm.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException("expected one of " + RequestForm.NAMES + ", found `" + text + "`"));
    }

    private static URI address(String text) {
        return WebAddress.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException("expected " + WebAddress.EXPECTED + ", found `" + text + "`"));
    }
}
