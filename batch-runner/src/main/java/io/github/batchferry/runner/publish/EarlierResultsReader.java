package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads what earlier attempts of a batch answered. To be used once. */
public final class EarlierResultsReader {
    private final BatchManifest manifest;
    private final PartsReader parts;

    // Mutable state
    private boolean complete;
    private Optional<Instant> startedAt = Optional.empty();

    /** @param tally counts the responses that are there */
    public EarlierResultsReader(BatchManifest manifest, Tally tally) {
        this(manifest, new PartsReader(tally));
    }

    EarlierResultsReader(BatchManifest manifest, PartsReader parts) {
        this.manifest = manifest;
        this.parts = parts;
    }

    /**
     * Fetches the results branch and reads all responses of it, keeping only their custom ids.
     *
     * @throws ResultsConflictException if the branch holds complete results of other requests
     */
    public EarlierResults read(GitRemote remote, BranchName results)
            throws GitException, IOException, ResultsConflictException {
        return results(readBranch(remote, results, BatchFiles::isResponsesPart));
    }

    /**
     * The same for one shard: its responses are on the results branch, as far as they were joined, and on its own.
     *
     * @throws ResultsConflictException if the results branch holds those of other requests, or of other shards
     */
    public EarlierResults read(GitRemote remote, BranchName results, Shard shard, BranchName own)
            throws GitException, IOException, ResultsConflictException {
        if (shard.isWhole()) {
            return read(remote, results);
        }
        Predicate<String> ours = name -> BatchFiles.isResponsesPart(name, shard);
        readBranch(remote, results, ours);
        return results(complete ? Optional.empty() : readBranch(remote, own, ours));
    }

    private EarlierResults results(Optional<String> tip) {
        return new EarlierResults(tip, complete, parts.parts(), parts.answered(), parts.nextPart(), startedAt);
    }

    /** The branch's commit. */
    private Optional<String> readBranch(GitRemote remote, BranchName branch, Predicate<String> wanted)
            throws GitException, IOException, ResultsConflictException {
        Optional<BranchSnapshot> fetched = remote.fetch(branch);
        if (fetched.isEmpty()) {
            return Optional.empty();
        }
        try (BranchSnapshot snapshot = fetched.get()) {
            complete |= isComplete(branch, snapshot);
            readProgress(branch, snapshot);
            for (String name : partsOf(snapshot, wanted)) {
                if (!parts.hasRead(name)) {
                    parts.read(name, snapshot.open(name));
                }
            }
            return Optional.of(snapshot.commit());
        }
    }

    /** Files in the order of their numbers; numbers beyond four digits are longer, hence later. */
    static List<String> partsOf(BranchSnapshot snapshot, Predicate<String> wanted) {
        return snapshot.paths().stream()
                .filter(wanted)
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The progress on a branch; empty if it is not there, or says nothing that can be understood. */
    static Optional<RunProgress> progress(BranchSnapshot snapshot) throws IOException {
        return snapshot.paths().contains(BatchFiles.PROGRESS)
                ? Heartbeat.read(snapshot.open(BatchFiles.PROGRESS))
                : Optional.empty();
    }

    /** Shards of another count have other requests: a part of such a shard is none of ours, whatever its number. */
    private void readProgress(BranchName branch, BranchSnapshot snapshot) throws IOException, ResultsConflictException {
        Optional<RunProgress> progress = progress(snapshot);
        int shards = manifest.options().shards();
        int found = progress.map(p -> p.shard().count()).orElse(shards);
        // the results branch of joined shards is about the whole batch
        if (found != shards && found != Shard.WHOLE.count()) {
            throw new ResultsConflictException(
                    branch.value(),
                    "was begun with " + found + " shards, expected " + shards
                            + ": dispatch it with as many, or these requests as a new batch");
        }
        startedAt = progress.map(RunProgress::startedAt)
                .filter(start -> startedAt.filter(start::isAfter).isEmpty())
                .or(() -> startedAt);
    }

    private boolean isComplete(BranchName branch, BranchSnapshot snapshot)
            throws IOException, ResultsConflictException {
        if (!snapshot.paths().contains(BatchFiles.SUMMARY)) {
            return false;
        }
        BatchSummary summary = summary(branch, snapshot);
        if (!summary.requestsSha256().equals(manifest.requestsSha256())) {
            throw new ResultsConflictException(
                    branch.value(),
                    "holds the results of other requests (sha-256 " + summary.requestsSha256() + ", expected "
                            + manifest.requestsSha256() + "): dispatch these requests as a new batch");
        }
        return true;
    }

    private static BatchSummary summary(BranchName branch, BranchSnapshot snapshot)
            throws IOException, ResultsConflictException {
        try (InputStream in = snapshot.open(BatchFiles.SUMMARY)) {
            return BatchSummary.parse(in.readAllBytes());
        } catch (MalformedJsonException e) {
            throw new ResultsConflictException(
                    branch.value(),
                    "holds a " + BatchFiles.SUMMARY + " that cannot be read (" + e.getMessage()
                            + "): delete the branch, or dispatch the requests as a new batch");
        }
    }
}
