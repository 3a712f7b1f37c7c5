package io.github.batchferry.provider.cli.output;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a user wants the responses. */
public sealed interface ResponsesPlace permits ResponsesPlace.Journal, ResponsesPlace.Stream, ResponsesFile {
    /** Why responses cannot be put there, as far as can be seen before there are any; empty if they can. */
    Optional<String> hindrance();

    /**
     * Puts the collected responses there.
     *
     * @param responses file of the journal
     * @return the place as the user named it; empty if they stay in the journal
     */
    Optional<String> take(Path responses) throws IOException;

    /** The journal, where collecting has put them. */
    record Journal() implements ResponsesPlace {
        @Override
        public Optional<String> hindrance() {
            return Optional.empty();
        }

        @Override
        public Optional<String> take(Path responses) {
            return Optional.empty();
        }
    }

    /** Standard output. */
    record Stream(PrintStream stream) implements ResponsesPlace {
        @Override
        public Optional<String> hindrance() {
            return Optional.empty();
        }

        @Override
        public Optional<String> take(Path responses) throws IOException {
            Files.copy(responses, stream);
            if (stream.checkError()) {
                throw new IOException("cannot write responses to standard output");
            }
            return Optional.of("-");
        }
    }
}
