package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fetches the results branch of a batch. */
final class Results {
    /** How long the branch may trail behind a run that succeeded. */
    private static final Duration LAG = Duration.ofSeconds(60);

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final Clock clock;
    private final Pause pause;

    Results(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** The branch that receives the responses of a batch. */
    static BranchName branch(BatchJournal batch) throws IOException {
        return new BranchName(BatchFiles.resultsBranch(batch.target().resultsPrefix(), batch.id()));
    }

    /** The branches on which the shards of a batch keep their responses until they are joined; none if it is not divided. */
    static List<BranchName> shardBranches(BatchJournal batch) throws IOException {
        int shards =
                batch.written().map(sent -> sent.manifest().options().shards()).orElse(1);
        String prefix = batch.target().resultsPrefix();
        return shards == 1
                ? List.of()
                : IntStream.range(0, shards)
                        .mapToObj(number ->
                                new BranchName(BatchFiles.shardBranch(prefix, batch.id(), new Shard(number, shards))))
                        .toList();
    }

    /** Whether the tip of the branch says that it is complete. */
    static boolean complete(BranchSnapshot results) {
        return results.paths().contains(BatchFiles.SUMMARY);
    }

    /** How far the batch is; empty if the runner says nothing that can be understood. */
    static Optional<RunProgress> progress(BranchSnapshot results) throws IOException {
        if (!results.paths().contains(BatchFiles.PROGRESS)) {
            return Optional.empty();
        }
        try (InputStream file = results.open(BatchFiles.PROGRESS)) {
            return Optional.of(RunProgress.parse(file.readAllBytes()));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /**
     * The runner's word about a batch that a run left incomplete; fetches nothing of one that is complete.
     *
     * @param run it is over; if it succeeded, its last word is waited for
     * @return empty if the batch is complete, or the runner says nothing
     */
    Optional<RunProgress> leftBy(WorkflowRun run, BatchJournal batch, GitRemote git)
            throws GitException, IOException, InterruptedException {
        Instant giveUp = clock.instant().plus(LAG);
        while (true) {
            Optional<RunProgress> progress = unfinished(batch, git);
            boolean trailing = progress.filter(before -> trails(before, run)).isPresent();
            if (!trailing || !run.succeeded() || !clock.instant().isBefore(giveUp)) {
                return progress;
            }
            pause.await(BETWEEN);
        }
    }

    private static boolean trails(RunProgress progress, WorkflowRun run) {
        return progress.state() == RunProgress.State.RUNNING
                || progress.runId() < run.id()
                || progress.runId() == run.id() && progress.runAttempt() < run.attempt();
    }

    private static Optional<RunProgress> unfinished(BatchJournal batch, GitRemote git)
            throws GitException, IOException {
        List<String> files = git.names(branch(batch)).orElse(List.of());
        if (files.contains(BatchFiles.SUMMARY) || !files.contains(BatchFiles.PROGRESS)) {
            return Optional.empty();
        }
        Optional<BranchSnapshot> branch = git.fetch(branch(batch));
        if (branch.isEmpty()) {
            return Optional.empty();
        }
        try (BranchSnapshot snapshot = branch.get()) {
            return complete(snapshot) ? Optional.empty() : progress(snapshot);
        }
    }

    /**
     * Fetches the branch; the caller closes it.
     *
     * @param promised the run if it succeeded, so that complete results that do not show yet are waited for
     * @return empty if there is no such branch
     */
    Optional<BranchSnapshot> fetch(BatchJournal batch, GitRemote git, Optional<WorkflowRun> promised)
            throws GitException, IOException, InterruptedException {
        Instant giveUp = clock.instant().plus(LAG);
        while (true) {
            Optional<BranchSnapshot> results = git.fetch(branch(batch));
            boolean waiting = promised.isPresent() && !keeps(results, promised.get());
            if (!waiting || !clock.instant().isBefore(giveUp)) {
                return results;
            }
            if (results.isPresent()) {
                results.get().close();
            }
            pause.await(BETWEEN);
        }
    }

    /** Whether the branch is all that the run promised: complete, or left for another run. */
    private static boolean keeps(Optional<BranchSnapshot> results, WorkflowRun run) throws IOException {
        return results.isPresent()
                && (complete(results.get())
                        || progress(results.get())
                                .filter(progress -> progress.isPauseOf(run.id(), run.attempt()))
                                .isPresent());
    }
}
