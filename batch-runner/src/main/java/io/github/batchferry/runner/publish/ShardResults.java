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
import io.github.batchferry.wire.RunProgress.State;
import io.github.batchferry.wire.Shard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The responses of all shards of a batch. Parts go through the disk, one after the other; in memory stays only what requests
 * are called. Not thread-safe.
 */
public final class ShardResults {
    private final BatchManifest manifest;
    private final Tally tally;
    private final Path folder;
    private final long runId;
    private final int runAttempt;
    private final PartsReader reader;

    // Mutable state
    private final List<ClosedPart> parts = new ArrayList<>();
    private final Map<Integer, Optional<RunProgress>> shards = new HashMap<>();
    private Optional<EarlierResults> joined = Optional.empty();
    private long joinedBefore;

    /**
     * @param tally counts the responses
     * @param folder takes the parts of shards until they are pushed
     * @param runId the run that joins
     * @param runAttempt which attempt of it
     */
    public ShardResults(BatchManifest manifest, Tally tally, Path folder, long runId, int runAttempt) {
        this.manifest = manifest;
        this.tally = tally;
        this.folder = folder;
        this.runId = runId;
        this.runAttempt = runAttempt;
        this.reader = new PartsReader(tally);
    }

    /** Reads what earlier runs joined. To be done first. */
    public void readJoined(GitRemote remote, BranchName results)
            throws GitException, IOException, ResultsConflictException {
        joined = Optional.of(new EarlierResultsReader(manifest, reader).read(remote, results));
        joinedBefore = tally.total();
    }

    /** Brings the new parts of a shard here and reads them. */
    public void readShard(GitRemote remote, Shard shard, BranchName branch) throws GitException, IOException {
        Optional<BranchSnapshot> fetched = remote.fetch(branch);
        if (fetched.isEmpty()) {
            return;
        }
        try (BranchSnapshot snapshot = fetched.get()) {
            shards.put(shard.number(), EarlierResultsReader.progress(snapshot));
            for (String name :
                    EarlierResultsReader.partsOf(snapshot, part -> BatchFiles.isResponsesPart(part, shard))) {
                if (!reader.hasRead(name)) {
                    parts.add(bring(snapshot, name));
                }
            }
        }
    }

    private ClosedPart bring(BranchSnapshot snapshot, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = snapshot.open(name)) {
            Files.copy(in, file);
        }
        return new ClosedPart(file, reader.read(name, Files.newInputStream(file)));
    }

    /** @throws ResultsConflictException if there are responses to requests that the batch does not have */
    public void requireNoMoreThanAsked(BranchName results) throws ResultsConflictException {
        if (tally.total() > manifest.requestCount()) {
            throw new ResultsConflictException(
                    results.value(),
                    "and those of its shards hold " + tally.total() + " responses, expected " + manifest.requestCount()
                            + ": dispatch these requests as a new batch");
        }
    }

    /** Whether the results branch held all, and the summary, before. */
    public boolean complete() {
        return joined.filter(EarlierResults::complete).isPresent();
    }

    /** The commit of the results branch; empty if there is none yet. */
    public Optional<String> tip() {
        return joined.flatMap(EarlierResults::tip);
    }

    /** Number of responses that the results branch held before. */
    public long joinedBefore() {
        return joinedBefore;
    }

    /** The parts that the results branch does not have yet. */
    public List<ClosedPart> parts() {
        return List.copyOf(parts);
    }

    /** All parts of the batch, in the order of their names. */
    public List<BatchSummary.Part> allParts() {
        return reader.parts().stream()
                .sorted(Comparator.comparing(BatchSummary.Part::name))
                .toList();
    }

    /** When the first of all runs began. */
    public Optional<Instant> startedAt() {
        return Stream.concat(
                        joined.flatMap(EarlierResults::startedAt).stream(),
                        progresses().map(RunProgress::startedAt))
                .min(Comparator.naturalOrder());
    }

    /** Whether a shard has a branch of its own. */
    public boolean hasBranch(Shard shard) {
        return shards.containsKey(shard.number());
    }

    /**
     * How the batch stands: paused as soon as one shard has paused in this attempt, since another run is to follow then
     * anyway. What an earlier attempt left, because its join failed, says nothing of a shard that failed in this one.
     */
    public State state() {
        if (tally.total() == manifest.requestCount()) {
            return State.COMPLETE;
        }
        return progresses().anyMatch(progress -> progress.isPauseOf(runId, runAttempt)) ? State.PAUSED : State.STOPPED;
    }

    /** Why it is not complete. */
    public Optional<String> reason() {
        List<String> open = new ArrayList<>();
        for (int number = 0; number < manifest.options().shards(); number++) {
            String state = shards.getOrDefault(number, Optional.empty())
                    .map(progress -> progress.state().toString())
                    .orElse("nothing");
            if (!state.equals(State.COMPLETE.toString())) {
                open.add("shard " + number + " left " + state);
            }
        }
        return state() == State.COMPLETE ? Optional.empty() : Optional.of(describe() + "; " + String.join(", ", open));
    }

    /** Such as {@code 900 of 1200 responses}. */
    public String describe() {
        return tally.total() + " of " + manifest.requestCount() + " responses";
    }

    private Stream<RunProgress> progresses() {
        return shards.values().stream().flatMap(Optional::stream);
    }
}
