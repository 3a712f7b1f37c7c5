package io.github.batchferry.provider.journal;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of one batch: {@code batch.json}, {@code requests.jsonl}, {@code journal.jsonl}, and {@code responses.jsonl}
 * with {@code summary.json} once they were collected. A batch that uses the cache has {@code cache-keys}, and where the
 * cache, or the batch that it retries, had answers {@code cached.jsonl} with them and {@code sent.jsonl} and
 * {@code sent.json} with what remains. Reading needs no lock.
 */
public final class BatchJournal {
    static final String REQUESTS = "requests.jsonl";
    static final String EVENTS = "journal.jsonl";
    static final String CACHE_KEYS = "cache-keys";
    static final String CACHED = "cached.jsonl";
    static final String SENT = "sent.jsonl";
    static final String SENT_MANIFEST = "sent.json";
    private static final String RESPONSES = "responses.jsonl";
    static final String LOCK = "lock";

    private final Path directory;
    private final BatchManifest manifest;

    private final Set<BatchId> locked;

    private BatchJournal(Path directory, BatchManifest manifest, Set<BatchId> locked) {
        this.directory = directory;
        this.manifest = manifest;
        this.locked = locked;
    }

    /** @param locked batches that are locked in this process */
    static BatchJournal read(Path directory, Set<BatchId> locked) throws IOException {
        return new BatchJournal(directory, manifest(directory.resolve(BatchFiles.MANIFEST)), locked);
    }

    private static BatchManifest manifest(Path file) throws IOException {
        try {
            return BatchManifest.parse(Files.readAllBytes(file));
        } catch (MalformedJsonException e) {
            throw unreadable(file, e);
        }
    }

    /** The batch's header. */
    public BatchManifest manifest() {
        return manifest;
    }

    /** The batch's name. */
    public BatchId id() {
        return manifest.batchId();
    }

    /** The folder. */
    public Path directory() {
        return directory;
    }

    /** The request lines, each ended by LF; their digest is in the manifest. */
    public Path requests() {
        return directory.resolve(REQUESTS);
    }

    /** What travels to the runner, as it is to be dispatched now; empty if nothing is left to be asked. */
    public Optional<SentRequests> sent() throws IOException {
        Optional<SentRequests> written = written();
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(new SentRequests(
                        now(written.get().manifest()), written.get().requests()));
    }

    /** The same as it was written down first: a cancellation since then does not show. */
    public Optional<SentRequests> written() throws IOException {
        if (cached().isEmpty()) {
            return Optional.of(new SentRequests(manifest, requests()));
        }
        Path file = directory.resolve(SENT_MANIFEST);
        return Files.exists(file)
                ? Optional.of(new SentRequests(manifest(file), directory.resolve(SENT)))
                : Optional.empty();
    }

    private BatchManifest now(BatchManifest written) throws IOException {
        return progress().cancelled().isPresent()
                ? written.withOptions(written.options().cancelled())
                : written;
    }

    /** Response lines that came from the cache or from the batch that this one retries; empty if none did. */
    public Optional<Path> cached() {
        return Optional.of(directory.resolve(CACHED)).filter(Files::exists);
    }

    /** The cache's key of each request, in request order, one a line; empty if the batch does not use the cache. */
    public Optional<Path> cacheKeys() {
        return Optional.of(directory.resolve(CACHE_KEYS)).filter(Files::exists);
    }

    /** Where the collected response lines are kept; the file is there once some were collected. */
    public Path responses() {
        return directory.resolve(RESPONSES);
    }

    /** The runner's summary as it was collected; empty before. */
    public Optional<BatchSummary> summary() throws IOException {
        Path file = directory.resolve(BatchFiles.SUMMARY);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(BatchSummary.parse(Files.readAllBytes(file)));
        } catch (MalformedJsonException e) {
            throw unreadable(file, e);
        }
    }

    /** Replaces the runner's summary, or removes it where there is none. */
    public void keep(Optional<BatchSummary> summary) throws IOException {
        Path file = directory.resolve(BatchFiles.SUMMARY);
        if (summary.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path beside = file.resolveSibling(BatchFiles.SUMMARY + ".new");
        Files.deleteIfExists(beside);
        PrivateFiles.write(beside, summary.get().toJson().toByteArray());
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where the batch was sent. */
    public Target target() throws IOException {
        return progress().prepared().target();
    }

    /** How far the batch has come, as the disk says now. */
    public BatchProgress progress() throws IOException {
        Path file = directory.resolve(EVENTS);
        try {
            return BatchProgress.replay(new EventLog(file).read());
        } catch (IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    /** A run id below those of all runs of the batch, the closest that is known; 0 if none is. */
    public long lastRunBefore() throws IOException {
        long before = 0;
        for (JournalEvent event : new EventLog(directory.resolve(EVENTS)).read()) {
            if (event instanceof JournalEvent.Dispatched dispatched
                    && dispatched.runId().isPresent()) {
                return Math.max(before, dispatched.runId().getAsLong() - 1);
            }
            if (event instanceof JournalEvent.Dispatching dispatching && before == 0) {
                before = dispatching.highestRunId();
            }
        }
        return before;
    }

    /** The batch whose failures this one asks once more; empty if it is no retry. */
    public Optional<BatchId> retries() throws IOException {
        return new EventLog(directory.resolve(EVENTS))
                .read().stream()
                        .filter(JournalEvent.Retries.class::isInstance)
                        .map(event -> ((JournalEvent.Retries) event).batch())
                        .findFirst();
    }

    /**
     * Reserves the batch for writing until the result is closed.
     *
     * @throws BatchInUseException if another process or thread has it
     */
    public LockedBatch lock() throws IOException {
        // a second channel of this process must not be opened: closing it would end the lock of the first
        if (!locked.add(id())) {
            throw new BatchInUseException(id());
        }
        try {
            EventLog log = new EventLog(directory.resolve(EVENTS));
            return LockedBatch.lock(this, directory.resolve(LOCK), log, () -> locked.remove(id()));
        } catch (NoSuchFileException e) {
            locked.remove(id());
            throw new IOException("batch `" + id() + "` was removed by another client", e);
        } catch (IOException | RuntimeException | Error e) {
            locked.remove(id());
            throw e;
        }
    }

    private static IOException unreadable(Path file, Exception cause) {
        return new IOException(
                "cannot read `" + file + "`: " + cause.getMessage()
                        + "; move the folder of the batch away to go on without it",
                cause);
    }
}
