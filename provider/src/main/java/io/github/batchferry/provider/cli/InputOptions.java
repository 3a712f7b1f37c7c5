package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file of requests, and what is said about all of them. */
final class InputOptions {
    // Mutable state, set by picocli
    @Parameters(paramLabel = "FILE", description = "Requests in any of their forms; - for standard input.")
    private String file;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Model, or vendor/model, for plain and Gemini lines that name none.")
    private Optional<String> model = Optional.empty();

    /** The file as the user named it. */
    String file() {
        return file;
    }

    /**
     * The requests.
     *
     * @throws InvalidInputException if there is no readable file of that name
     */
    RequestSource open(CliContext context) throws InvalidInputException {
        return RequestFile.open(context, file).withModel(model);
    }
}
