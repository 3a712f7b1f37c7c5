package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.batch.BatchListener;
import io.github.batchferry.provider.batch.JournaledBatches;
import io.github.batchferry.provider.batch.Pause;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.connection.TargetConnector;

/** Opens the batches of {@code .ferry} in the working directory. Nothing is connected to before it is needed. */
final class JournaledOpener implements BatchesOpener {
    @Override
    public Session open(CliContext context, BatchListener listener) {
        RunnerConnector connector = new TargetConnector(
                context.environment(), context.stateDirectory(), context.clock(), context.apiTrace());
        JournaledBatches batches = new JournaledBatches(
                context.stateDirectory(),
                connector,
                context.clock(),
                context.random(),
                Pause.sleeping(),
                listener,
                Version.client());
        return new Session(batches, connector);
    }
}
