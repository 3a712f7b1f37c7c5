package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.cli.output.ArrivingResponses;
import io.github.batchferry.provider.cli.output.ResponsesFile;
import io.github.batchferry.provider.cli.output.ResponsesPlace;
import picocli.CommandLine.Option;

/** The option that has responses written as they arrive. */
final class AsCompletedOption {
    // Mutable state, set by picocli
    @Option(
            names = "--as-completed",
            description = "Write each response to the file of --output as soon as it arrives.")
    private boolean asCompleted;

    /**
     * Where the responses go, in which way.
     *
     * @throws UsageException if they cannot go there, or nobody said where
     */
    ResponsesPlace place(CliContext context, OutputOptions options) throws UsageException {
        ResponsesPlace place = options.place(context);
        if (!asCompleted) {
            return place;
        }
        if (place instanceof ResponsesFile file) {
            return ArrivingResponses.to(file);
        }
        if (place instanceof ResponsesPlace.Stream stream) {
            return ArrivingResponses.to(stream);
        }
        throw new UsageException(
                "--as-completed writes responses while the run goes on: say where to with --output FILE,"
                        + " or --output - for standard output");
    }
}
