package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.wire.config.NearestName;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line and what was probably meant, and in a second where help is. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {
    private final PrintStream err;
    private final EnvironmentSettings settings;

    UsageErrors(PrintStream err, EnvironmentSettings settings) {
        this.err = err;
        this.settings = settings;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        err.println("error: " + Printable.line(message(e, args)));
        err.println("Run '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' for usage.");
        return ExitCodes.INVALID;
    }

    private String message(ParameterException e, String... args) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return describe(unmatched);
        }
        if (e.getCause() instanceof TypeConversionException conversion) {
            String place = e.getArgSpec() instanceof OptionSpec option ? settings.origin(option, args) + ": " : "";
            return place + conversion.getMessage();
        }
        return decapitalise(e.getMessage());
    }

    private static String describe(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (first.startsWith("-")) {
            return "unknown option `" + first + "`"
                    + NearestName.suggestion(first, command.optionsMap().keySet());
        }
        return command.subcommands().isEmpty()
                ? "unexpected argument `" + first + "`"
                : "unknown command `" + first + "`"
                        + NearestName.suggestion(first, command.subcommands().keySet());
    }

    private static String decapitalise(String message) {
        String text = message.replace('\'', '`');
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
