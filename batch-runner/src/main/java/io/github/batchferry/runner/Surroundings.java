package io.github.batchferry.runner;

import io.github.batchferry.runner.job.Job;
import io.github.batchferry.runner.publish.Origin;
import io.github.batchferry.runner.transport.Adapters;
import io.github.batchferry.runner.transport.HttpTransport;
import io.github.batchferry.wire.Shard;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Everything outside that the batch runner touches.
 *
 * @param environment variables of the process, keys included
 * @param out the log of the step
 * @param remotes opens the repository
 * @param adapters the kinds of vendors that can be asked
 * @param transport asks them
 * @param random jitter; thread-safe
 * @param clock the time of day
 * @param timing the times to keep
 * @param version of this program
 */
public record Surroundings(
        Map<String, String> environment,
        PrintStream out,
        GitRemotes remotes,
        Adapters adapters,
        HttpTransport transport,
        RandomGenerator random,
        InstantSource clock,
        Timing timing,
        String version) {
    /**
     * Where the responses of a job come from.
     *
     * @param startedAt when the first attempt began; empty if this is it
     */
    Origin origin(Job job, Shard shard, Optional<Instant> startedAt) {
        return new Origin(
                job.manifest(),
                shard,
                job.runId(),
                job.runAttempt(),
                job.continuation(),
                "batch-runner " + version,
                startedAt.orElse(clock.instant()));
    }

    /** Nothing: the environment holds secrets. */
    @Override
    public String toString() {
        return "surroundings of batch runner " + version;
    }
}
