package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.BatchListener;
import io.github.batchferry.provider.batch.Batches;
import java.io.Closeable;
import java.io.IOException;

/** Opens the batches a command works with; tests pass others. */
@FunctionalInterface
interface BatchesOpener {
    /**
     * Batches and what they hold open.
     *
     * @param batches what can be done
     * @param connections closed when the command ends
     */
    record Session(Batches batches, Closeable connections) implements Closeable {
        @Override
        public void close() throws IOException {
            connections.close();
        }
    }

    /** Opens the batches of the working directory. */
    Session open(CliContext context, BatchListener listener);
}
