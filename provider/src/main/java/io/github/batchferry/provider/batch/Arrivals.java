package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.RunProgress;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives out the responses of one batch in the order in which they arrive, each request's once. While the run goes on they are
 * read from its checkpoints, before any summary vouches for them; {@link #rest} gives out those that only collecting brought.
 * In memory are the custom ids that are still awaited. Not thread-safe.
 */
public final class Arrivals {
    /** A branch is fetched whole, so that one of many parts must have grown by this share before that is worth it. */
    private static final int SHARE = 10;

    private final Consumer<byte[]> taker;

    // Mutable state
    private final Map<BranchName, Set<String>> given = new HashMap<>();
    private Optional<Set<CustomId>> awaited = Optional.empty();

    /** @param taker is handed each response, as a line without line break; must not throw */
    public Arrivals(Consumer<byte[]> taker) {
        this.taker = taker;
    }

    /** Gives out what was not given out before, of the responses that were collected. */
    public void rest(Path responses) throws IOException {
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(responses))) {
            giveOut(lines);
        }
    }

    /**
     * Gives out what a checkpoint brought.
     *
     * @param names files of the branch
     * @param progress what the runner said with them
     */
    void of(BatchJournal batch, GitRemote git, BranchName branch, List<String> names, RunProgress progress)
            throws GitException, IOException {
        // whoever may push to the branch could have been there before the batch
        if (!worthFetching(branch, names) || progress.runId() <= batch.lastRunBefore()) {
            return;
        }
        if (awaited.isEmpty()) {
            awaited = Optional.of(new HashSet<>(ResponseJoin.customIds(batch.requests())));
        }
        Optional<BranchSnapshot> fetched = git.fetch(branch);
        if (fetched.isPresent()) {
            try (BranchSnapshot snapshot = fetched.get()) {
                giveOut(branch, snapshot);
            }
        }
    }

    private boolean worthFetching(BranchName branch, List<String> names) {
        long known = given.getOrDefault(branch, Set.of()).size();
        long parts = names.stream().filter(BatchFiles::isResponsesPart).count();
        return parts > known && (parts - known) * SHARE >= known;
    }

    private void giveOut(BranchName branch, BranchSnapshot snapshot) throws IOException {
        Set<String> known = given.computeIfAbsent(branch, name -> new HashSet<>());
        for (String name : snapshot.paths()) {
            if (BatchFiles.isResponsesPart(name) && !known.contains(name)) {
                try (JsonlReader lines = new JsonlReader(snapshot.open(name))) {
                    giveOut(lines);
                }
                known.add(name);
            }
        }
    }

    /** What cannot be read is left to collecting, which says what is wrong with it. */
    private void giveOut(JsonlReader lines) throws IOException {
        for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            byte[] bytes = line.get().bytes();
            if (ResponseParts.response(line.get()).filter(this::isAwaited).isPresent()) {
                taker.accept(bytes);
            }
        }
    }

    /** Before the first checkpoint nothing was given out, and everything is awaited. */
    private boolean isAwaited(ResponseLine response) {
        return awaited.isEmpty() || awaited.get().remove(response.customId());
    }
}
