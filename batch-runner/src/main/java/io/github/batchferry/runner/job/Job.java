package io.github.batchferry.runner.job;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.Shard;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the workflow asks of this program, and where.
 *
 * @param manifest header of the batch
 * @param prompts where its requests are
 * @param resultsPrefix prefix of the branches where its responses go
 * @param task what to do with it
 * @param repository address of the repository the job belongs to, for git over HTTP
 * @param token what lets the job push; a secret
 * @param runId GitHub's number of the run
 * @param runAttempt which attempt of the run this is, counted from 1
 * @param continuation how many runs of this batch the workflow had started by itself before this one
 * @param resultsArtifact whether the results are wanted as an artifact of the run, too
 * @param deadline when to stop asking, so that what is answered is pushed before the job's time is up
 * @param checkpoint time between two pushes of responses, where the workflow sets one
 * @param workspace folder that may outlive the job on a machine of one's own
 * @param temporary folder that does not
 * @param summaryPage file whose Markdown GitHub shows with the run; absent on servers without that feature
 * @param outputs file that takes the step's outputs; absent outside of a workflow
 */
public record Job(
        BatchManifest manifest,
        PromptsArtifact prompts,
        String resultsPrefix,
        Task task,
        URI repository,
        String token,
        long runId,
        int runAttempt,
        int continuation,
        boolean resultsArtifact,
        Deadline deadline,
        Optional<Duration> checkpoint,
        Path workspace,
        Path temporary,
        Optional<Path> summaryPage,
        Optional<Path> outputs) {
    /** What a job does with its batch. */
    public sealed interface Task {}

    /** Answers the requests of a shard. */
    public record Answer(Shard shard) implements Task {}

    /** Joins what all shards answered. */
    public record Join() implements Task {}

    /** Writes the dispatch of the run that goes on with the batch. */
    public record Next() implements Task {}

    /** Where all responses of the batch come together. */
    public BranchName resultsBranch() {
        return new BranchName(BatchFiles.resultsBranch(resultsPrefix, manifest.batchId()));
    }

    /** Where a shard puts its responses; the results branch if the batch is not divided. */
    public BranchName branch(Shard shard) {
        return new BranchName(BatchFiles.shardBranch(resultsPrefix, manifest.batchId(), shard));
    }

    /** Who starts the next run where this one pauses, for people. */
    public String whoContinues() {
        if (manifest.options().continuation() == BatchOptions.Continuation.CLIENT) {
            return "the client that waits dispatches the rest, or: ferry resume " + manifest.batchId();
        }
        return continuation < BatchFiles.MAX_CONTINUATIONS
                ? "the workflow starts the next run by itself"
                : "the workflow has started " + continuation + " runs by itself and starts no more; go on with: ferry"
                        + " resume " + manifest.batchId();
    }

    /** Everything but the token and the prompts. */
    @Override
    public String toString() {
        return "batch " + manifest.batchId() + ", attempt " + runAttempt + " of run " + runId;
    }
}
