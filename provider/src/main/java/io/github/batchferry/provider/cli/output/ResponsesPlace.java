package io.github.batchferry.provider.cli.output;

import io.github.batchferry.provider.batch.Arrivals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a user wants the responses. */
public sealed interface ResponsesPlace
        permits ResponsesPlace.Journal, ResponsesPlace.Stream, ResponsesFile, ArrivingResponses {
    /** Why responses cannot be put there, as far as can be seen before there are any; empty if they can. */
    Optional<String> hindrance();

    /**
     * Puts the collected responses there.
     *
     * @param responses file of the journal
     * @return the place as the user named it; empty if they stay in the journal
     */
    Optional<String> take(Path responses) throws IOException;

    /**
     * What hands responses to this place while the run goes on; empty if it takes only all of them.
     *
     * @param before called before each is written
     */
    default Optional<Arrivals> arrivals(Runnable before) {
        return Optional.empty();
    }

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
