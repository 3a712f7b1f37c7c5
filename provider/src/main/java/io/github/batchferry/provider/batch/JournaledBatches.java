package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.target.Target;
import io.github.batchferry.wire.BatchId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/** Batches whose every step is written to a journal on disk, so that a killed client can be followed by another. */
public final class JournaledBatches implements Batches {
    /**
     * @param stateDirectory folder of the journal, {@code .ferry}; made when the first batch is written down
     * @param connector opens targets; closing it stays with the caller
     * @param clock tells the time for batch ids, the journal and time-outs
     * @param random makes batch ids and jitter
     * @param pause waits between looks
     * @param listener hears of progress
     * @param client program and version, for the manifest, such as {@code ferry/0.1.0}
     */
    public JournaledBatches(
            Path stateDirectory,
            RunnerConnector connector,
            Clock clock,
            RandomGenerator random,
            Pause pause,
            BatchListener listener,
            String client) {}

    @Override
    public long validate(RequestSource source, Target target) {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public Submitted submit(RequestSource source, Target target, boolean fresh) {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public BatchRecord record(BatchId batch) {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public List<BatchRecord> list() {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public RunReport status(BatchId batch) {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public RunReport watch(BatchId batch) {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public CollectedBatch collect(BatchId batch) {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public RunReport resume(BatchId batch) {
        throw new UnsupportedOperationException("follows");
    }
}
