package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.cli.output.ResponsesFile;
import io.github.batchferry.provider.cli.output.ResponsesPlace;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say where responses go and in which form a command reports. */
final class OutputOptions {
    // Mutable state, set by picocli
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File for the responses, - for standard output; without it they stay in the journal.")
    private Optional<String> output = Optional.empty();

    @Option(names = "--json", description = "Report as one JSON object instead of a table.")
    private boolean json;

    boolean json() {
        return json;
    }

    boolean responsesOnStandardOutput() {
        return output.equals(Optional.of("-"));
    }

    /**
     * Where the responses go, found to be writable.
     *
     * @throws UsageException if they cannot go there
     */
    ResponsesPlace place(CliContext context) throws UsageException {
        if (responsesOnStandardOutput()) {
            if (json) {
                throw new UsageException(
                        "--json and --output - both want standard output; write the responses to a file");
            }
            return new ResponsesPlace.Stream(context.out());
        }
        if (output.isEmpty()) {
            return new ResponsesPlace.Journal();
        }
        ResponsesPlace place = new ResponsesFile(output.get(), context.resolve(output.get()));
        Optional<String> hindrance = place.hindrance();
        if (hindrance.isPresent()) {
            throw new UsageException("cannot write responses to `" + output.get() + "`: " + hindrance.get());
        }
        return place;
    }
}
