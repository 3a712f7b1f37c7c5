package io.github.batchferry.provider.input;

import io.github.batchferry.wire.json.JsonlWriter;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.util.Optional;

/**
 * Requests written anew in another form. What a vendor is sent stays the same: a form changes what is around a body, not what
 * is asked.
 *
 * @param requests how many
 * @param unnamedModel the model of lines that do not name theirs, which has to be named when they are sent
 */
public record Conversion(long requests, Optional<String> unnamedModel) {
    /**
     * Converts an input.
     *
     * @param out takes the lines as they come, also if others are wrong: what it took is to be undone if this throws
     * @throws InvalidInputException with every finding: mistakes of the input, and requests that the form cannot express
     */
    public static Conversion run(RequestSource source, RequestForm form, JsonlWriter out)
            throws InvalidInputException, IOException {
        FormWriter writer = new FormWriter(form);
        try (RequestReader reader = RequestReader.open(source)) {
            long requests = reader.readChecking(Optional.empty(), Optional.empty(), (request, problem) -> {
                Optional<byte[]> line = writer.write(request, problem);
                if (line.isPresent()) {
                    out.write(line.get());
                }
            });
            return new Conversion(requests, writer.unnamedModel());
        }
    }
}
