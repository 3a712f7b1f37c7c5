package io.github.batchferry.runner;

import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.job.Job;
import io.github.batchferry.runner.job.JobLog;
import io.github.batchferry.runner.loop.ThreadEventLoop;
import io.github.batchferry.runner.loop.Waiting;
import io.github.batchferry.runner.publish.CommitMessages;
import io.github.batchferry.runner.publish.Heartbeat;
import io.github.batchferry.runner.publish.Origin;
import io.github.batchferry.runner.publish.Publisher;
import io.github.batchferry.runner.publish.ResultsConflictException;
import io.github.batchferry.runner.publish.ResultsPush;
import io.github.batchferry.runner.publish.ShardResults;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The last job of a divided batch: brings the responses of all shards to the results branch. Calls nobody but the
 * repository, and needs no key.
 */
final class Joining {
    private final Surroundings surroundings;
    private final Job job;
    private final Tally tally;
    private final JobLog log;

    Joining(Surroundings surroundings, Job job, Tally tally, JobLog log) {
        this.surroundings = surroundings;
        this.job = job;
        this.tally = tally;
        this.log = log;
    }

    /**
     * Joins what there is.
     *
     * @param folder an empty folder for the parts on their way
     * @return how the batch paused, if requests are left for another run, of which at least one shard says that it did
     * @throws IOException also if requests are left for which a shard failed
     */
    Pause join(GitRemote remote, Path folder) throws GitException, IOException, ResultsConflictException {
        if (shards() == Shard.WHOLE.count()) {
            // the branch of its only shard is the results branch: there is nothing to join, and nothing may be deleted
            log.line("nothing to join: the batch is not divided");
            return Pause.NONE;
        }
        ShardResults results = new ShardResults(job.manifest(), tally, folder, job.runId(), job.runAttempt());
        results.readJoined(remote, job.resultsBranch());
        if (!results.complete()) {
            for (int number = 0; number < shards(); number++) {
                Shard shard = new Shard(number, shards());
                results.readShard(remote, shard, job.branch(shard));
            }
            results.requireNoMoreThanAsked(job.resultsBranch());
            publish(remote, results);
        }
        deleteShards(remote, results);
        log.line("joined " + results.describe());
        if (results.state() == State.STOPPED) {
            throw new IOException(results.reason().orElse("") + "; re-run all jobs to answer the rest");
        }
        return results.state() == State.PAUSED ? Pause.after(results.joinedBefore(), tally.total(), job) : Pause.NONE;
    }

    private void publish(GitRemote remote, ShardResults results) throws GitException, IOException {
        try (ThreadEventLoop pushing = new ThreadEventLoop("publisher");
                ResultsPush push = new ResultsPush(remote, job.resultsBranch(), results.tip())) {
            Origin origin = surroundings.origin(job, Shard.WHOLE, results.startedAt());
            Heartbeat heartbeat = new Heartbeat(origin, tally, surroundings.clock());
            Publisher publisher = new Publisher(
                    pushing,
                    push,
                    Backoff.standard(surroundings.random()),
                    new CommitMessages(job.manifest(), Shard.WHOLE, results.joinedBefore()),
                    heartbeat::running,
                    log::line);
            results.parts().forEach(publisher::hold);
            Waiting.on(finish(publisher, origin, results, heartbeat), GitException.class);
        }
    }

    private CompletableFuture<Void> finish(
            Publisher publisher, Origin origin, ShardResults results, Heartbeat heartbeat) {
        Optional<BatchSummary> summary = results.state() == State.COMPLETE
                ? Optional.of(origin.summary(
                        tally, results.allParts(), surroundings.clock().instant()))
                : Optional.empty();
        RunProgress last = heartbeat.ended(results.state(), results.reason());
        return publisher.finish(summary, last, surroundings.timing().finalPushes());
    }

    /** Only now: the results branch holds what they held. */
    private void deleteShards(GitRemote remote, ShardResults results) throws GitException {
        for (int number = 0; number < shards(); number++) {
            Shard shard = new Shard(number, shards());
            if (results.complete() || results.hasBranch(shard)) {
                delete(remote, shard);
            }
        }
    }

    private void delete(GitRemote remote, Shard shard) {
        try {
            remote.delete(job.branch(shard));
        } catch (GitException e) {
            log.line("cannot delete `" + job.branch(shard) + "`, which is joined: " + e.getMessage());
        }
    }

    private int shards() {
        return job.manifest().options().shards();
    }
}
