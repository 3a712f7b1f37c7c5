package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitAuthenticationException;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.SentRequests;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Listens to how far a batch is, on its results branch by git, which costs nothing of GitHub's rate limits. Of a batch that
 * is divided, the branches of its shards are read, if they are not too many. What cannot be read says nothing: no answer
 * depends on it. Not thread-safe.
 */
final class Heartbeats {
    /** More shards than these are not listened to, one by one. */
    private static final int MOST_SHARDS = 8;

    private final BatchJournal batch;
    private final GitRemote git;
    private final Optional<Arrivals> arrivals;

    // Mutable state
    private final Map<BranchName, String> heads = new HashMap<>();
    private final Map<BranchName, Beat> beats = new HashMap<>();
    private boolean deaf;

    /** @param arrivals given the responses of every checkpoint that is heard of; empty if nobody wants them yet */
    Heartbeats(BatchJournal batch, GitRemote git, Optional<Arrivals> arrivals) {
        this.batch = batch;
        this.git = git;
        this.arrivals = arrivals;
    }

    /**
     * A heartbeat.
     *
     * @param progress how far the batch is
     * @param complete whether the branch holds all results
     */
    record Beat(Optional<RunProgress> progress, boolean complete) {
        /** Whether the run that wrote it works on. */
        boolean working() {
            return !complete
                    && progress.filter(now -> now.state() == State.RUNNING).isPresent();
        }
    }

    /** Listens once. */
    Optional<Beat> listen() {
        try {
            return deaf ? Optional.empty() : read();
        } catch (GitAuthenticationException e) {
            // a token that may only dispatch; it will not be allowed more by being asked again
            deaf = true;
            return Optional.empty();
        } catch (GitException | IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Beat> read() throws GitException, IOException {
        int shards = batch.sent()
                .map(SentRequests::manifest)
                .orElse(batch.manifest())
                .options()
                .shards();
        Optional<Beat> whole = read(Results.branch(batch));
        if (shards == Shard.WHOLE.count()
                || shards > MOST_SHARDS && arrivals.isEmpty()
                || whole.filter(Beat::complete).isPresent()) {
            return whole;
        }
        List<RunProgress> parts = new ArrayList<>();
        for (int number = 0; number < shards; number++) {
            Shard shard = new Shard(number, shards);
            read(new BranchName(BatchFiles.shardBranch(batch.target().resultsPrefix(), batch.id(), shard)))
                    .flatMap(Beat::progress)
                    .ifPresent(parts::add);
        }
        return joined(parts)
                .map(progress -> new Beat(Optional.of(progress), false))
                .or(() -> whole);
    }

    private Optional<Beat> read(BranchName branch) throws GitException, IOException {
        Optional<String> head = git.head(branch);
        if (head.isPresent() && !head.get().equals(heads.get(branch))) {
            Optional<BranchSnapshot> fetched = git.fetchSmallFiles(branch);
            if (fetched.isPresent()) {
                try (BranchSnapshot snapshot = fetched.get()) {
                    Beat beat = new Beat(Results.progress(snapshot), Results.complete(snapshot));
                    beats.put(branch, beat);
                    heads.put(branch, snapshot.commit());
                    passOn(branch, snapshot.paths(), beat);
                }
            }
        }
        return head.map(there -> beats.get(branch));
    }

    /** What is complete is left to collecting, which comes in a moment and holds it against the summary. */
    private void passOn(BranchName branch, List<String> names, Beat beat) {
        if (arrivals.isEmpty() || beat.complete() || beat.progress().isEmpty()) {
            return;
        }
        try {
            arrivals.get().of(batch, git, branch, names, beat.progress().get());
        } catch (GitException | IOException e) {
            // they come with a later checkpoint, or at the end; the heartbeat was heard
        }
    }

    /** The shards that say something, as one: over when the last of them is. */
    private Optional<RunProgress> joined(List<RunProgress> parts) {
        OptionalLong newest = parts.stream().mapToLong(RunProgress::runId).max();
        return newest.isEmpty()
                ? Optional.empty()
                : parts.stream()
                        .filter(part -> part.runId() == newest.getAsLong())
                        .reduce(Heartbeats::plus)
                        .map(sum -> ofWhole(sum, batch.manifest().requestCount()));
    }

    private static RunProgress plus(RunProgress one, RunProgress other) {
        boolean running = one.state() == State.RUNNING || other.state() == State.RUNNING;
        return new RunProgress(
                one.batchId(),
                Shard.WHOLE,
                one.answered() + other.answered(),
                one.total() + other.total(),
                running ? State.RUNNING : one.state(),
                one.reason(),
                earlier(one.startedAt(), other.startedAt()),
                earlier(one.updatedAt(), other.updatedAt()).equals(one.updatedAt())
                        ? other.updatedAt()
                        : one.updatedAt(),
                later(one.estimatedEnd(), other.estimatedEnd()),
                one.runId(),
                Math.max(one.runAttempt(), other.runAttempt()),
                one.continuation(),
                one.soFar().flatMap(a -> other.soFar().map(a::plus)));
    }

    /** A shard that says nothing yet goes on as well, and so does the join. */
    private static RunProgress ofWhole(RunProgress sum, long requests) {
        return new RunProgress(
                sum.batchId(),
                sum.shard(),
                sum.answered(),
                requests,
                State.RUNNING,
                Optional.empty(),
                sum.startedAt(),
                sum.updatedAt(),
                sum.estimatedEnd(),
                sum.runId(),
                sum.runAttempt(),
                sum.continuation(),
                sum.soFar());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(earlier(one.get(), other.get()).equals(one.get()) ? other.get() : one.get())
                : one.or(() -> other);
    }
}
