package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of requests a user names. */
final class RequestFile {
    private static final String STANDARD_INPUT = "-";

    private RequestFile() {}

    /**
     * Finds the file, or standard input for {@code -}.
     *
     * @throws InvalidInputException if there is no readable file of that name
     */
    static RequestSource open(CliContext context, String name) throws InvalidInputException {
        if (name.equals(STANDARD_INPUT)) {
            return new RequestSource(STANDARD_INPUT, context::in);
        }
        Path file = context.resolve(name);
        if (!Files.exists(file)) {
            throw InvalidInputException.of(name, "no such file");
        }
        if (Files.isDirectory(file)) {
            throw InvalidInputException.of(name, "is a directory, expected a file of requests");
        }
        if (!Files.isReadable(file)) {
            throw InvalidInputException.of(name, "cannot be read, permission denied");
        }
        return new RequestSource(name, () -> Files.newInputStream(file));
    }
}
