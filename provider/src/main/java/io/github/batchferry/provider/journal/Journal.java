package io.github.batchferry.provider.journal;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.InvalidValueException;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All batches a client knows, in {@code batches} below its state folder. A batch appears whole, by one rename, or not at
 * all; nothing is made before the first one.
 */
public final class Journal {
    private static final String LOCK = ".lock";
    private static final String REMOVED = ".old-";
    private static final String UNFINISHED = ".new-";

    private final Path batches;
    private final Set<BatchId> locked = ConcurrentHashMap.newKeySet();
    private final ReentrantLock reserving = new ReentrantLock();

    /** Something to do with the journal. */
    @FunctionalInterface
    public interface Step<T> {
        T take() throws IOException;
    }

    /** @param stateDirectory the client's state folder, {@code .ferry}; need not exist */
    public Journal(Path stateDirectory) {
        this.batches = stateDirectory.resolve("batches");
    }

    /** The folder of all batches; need not exist. */
    public Path directory() {
        return batches;
    }

    /**
     * Takes a step that no other client takes at the same time, and waits for those who do: between looking for a batch and
     * writing one down, nobody else may write down the same.
     */
    public <T> T exclusively(Step<T> step) throws IOException {
        makeFolder();
        reserving.lock();
        try (FileChannel channel =
                PrivateFiles.open(batches.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return step.take();
        } catch (OverlappingFileLockException e) {
            throw new IOException("the journal in " + batches + " is in use by another part of this program", e);
        } finally {
            reserving.unlock();
        }
    }

    /**
     * Writes a new batch down.
     *
     * @param requests file of request lines as the manifest describes them; it is moved
     */
    public BatchJournal create(BatchManifest manifest, Target target, Path requests, Instant now) throws IOException {
        return create(manifest, target, requests, Optional.empty(), Optional.empty(), now);
    }

    /**
     * Writes a new batch down.
     *
     * @param requests file of request lines as the manifest describes them; it is moved
     * @param known what it has already, from the cache or the batch that it retries; its files are moved
     * @param retries the batch that it retries; empty if it is no retry
     */
    public BatchJournal create(
            BatchManifest manifest,
            Target target,
            Path requests,
            Optional<KnownAnswers> known,
            Optional<BatchId> retries,
            Instant now)
            throws IOException {
        makeFolder();
        Path staging = batches.resolve(UNFINISHED + manifest.batchId());
        PrivateFiles.createDirectories(staging);
        try {
            fill(staging, manifest, target, requests, now);
            if (known.isPresent()) {
                fill(staging, known.get());
            }
            if (retries.isPresent()) {
                new EventLog(staging.resolve(BatchJournal.EVENTS)).append(new JournalEvent.Retries(now, retries.get()));
            }
            Files.move(staging, directory(manifest.batchId()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Folders.remove(staging);
            throw e;
        }
        return read(manifest.batchId());
    }

    /**
     * Removes a batch and all that is kept of it, whole or not at all for those who look; also one that is damaged.
     *
     * @throws BatchInUseException if another client, or another part of this one, has it
     */
    public void remove(BatchId batch) throws IOException {
        Path folder = directory(batch);
        if (!locked.add(batch)) {
            throw new BatchInUseException(batch);
        }
        try (FileChannel channel = PrivateFiles.open(
                folder.resolve(BatchJournal.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw new BatchInUseException(batch);
            }
            Path removed = batches.resolve(REMOVED + batch);
            Files.move(folder, removed, StandardCopyOption.ATOMIC_MOVE);
            Folders.remove(removed);
        } catch (OverlappingFileLockException e) {
            throw new BatchInUseException(batch);
        } finally {
            locked.remove(batch);
        }
    }

    /** Removes what a killed client was removing, or had not written down whole a day ago. */
    public void sweep(Instant now) throws IOException {
        if (Files.isDirectory(batches)) {
            Instant yesterday = now.minus(Duration.ofDays(1));
            for (Path folder : Folders.inside(batches)) {
                String name = folder.getFileName().toString();
                boolean abandoned = name.startsWith(UNFINISHED)
                        && Files.getLastModifiedTime(folder).toInstant().isBefore(yesterday);
                if (name.startsWith(REMOVED) || abandoned) {
                    Folders.remove(folder);
                }
            }
        }
    }

    /** The batch of that name, or empty if there is none. */
    public Optional<BatchJournal> find(BatchId batch) throws IOException {
        Path directory = directory(batch);
        return Files.isDirectory(directory) ? Optional.of(read(batch)) : Optional.empty();
    }

    /** All batches, and those that cannot be read, each newest first. */
    public JournalListing listing() throws IOException {
        List<BatchJournal> batches = new ArrayList<>();
        List<DamagedBatch> damaged = new ArrayList<>();
        for (BatchId id : ids()) {
            readable(id, damaged::add).ifPresent(batches::add);
        }
        return new JournalListing(batches, damaged);
    }

    /**
     * The newest batch with these requests for this target, if not all of its responses were collected and it was not
     * cancelled. Older ones are left alone: whoever began anew did not want them. Settings of a target that do not change
     * where it is, such as its time-out, need not be equal.
     *
     * @param damaged hears of newer batches that cannot be read and may be the one that is looked for
     */
    public Optional<BatchJournal> findUnfinished(Sha256 requests, Target target, Consumer<DamagedBatch> damaged)
            throws IOException {
        for (BatchId id : ids()) {
            Optional<BatchJournal> batch = readable(id, requests, damaged);
            if (batch.isPresent() && isFor(target, batch.get())) {
                BatchProgress progress = batch.get().progress();
                boolean over =
                        progress.collected().isPresent() || progress.cancelled().isPresent();
                return over ? Optional.empty() : batch;
            }
        }
        return Optional.empty();
    }

    private static boolean isFor(Target target, BatchJournal batch) throws IOException {
        return TargetCodec.samePlace(batch.progress().prepared().target(), target);
    }

    private Optional<BatchJournal> readable(BatchId id, Sha256 requests, Consumer<DamagedBatch> damaged)
            throws IOException {
        try {
            BatchJournal batch = read(id);
            return batch.manifest().requestsSha256().equals(requests) ? readable(id, damaged) : Optional.empty();
        } catch (IOException e) {
            return readable(id, damaged);
        }
    }

    private Optional<BatchJournal> readable(BatchId id, Consumer<DamagedBatch> damaged) {
        try {
            BatchJournal batch = read(id);
            batch.progress();
            return Optional.of(batch);
        } catch (IOException e) {
            // one that another client removed meanwhile is not damaged
            if (Files.isDirectory(directory(id))) {
                damaged.accept(new DamagedBatch(id, directory(id), reason(e)));
            }
            return Optional.empty();
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException missing
                ? "`" + missing.getFile() + "` is missing; move the folder of the batch away to go on without it"
                : e.getMessage();
    }

    private BatchJournal read(BatchId batch) throws IOException {
        return BatchJournal.read(directory(batch), locked);
    }

    private Path directory(BatchId batch) {
        return batches.resolve(batch.value());
    }

    private List<BatchId> ids() throws IOException {
        if (!Files.isDirectory(batches)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(batches)) {
            return entries.filter(Files::isDirectory)
                    .flatMap(entry -> id(entry.getFileName().toString()).stream())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static Optional<BatchId> id(String name) {
        try {
            return Optional.of(new BatchId(name));
        } catch (InvalidValueException e) {
            // unfinished folders and what people put there are no batches
            return Optional.empty();
        }
    }

    private void makeFolder() throws IOException {
        PrivateFiles.createDirectories(batches);
        Path ignore = batches.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            // prompts and answers are easily committed by mistake where the state folder lies in a checkout
            Files.write(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void fill(Path folder, BatchManifest manifest, Target target, Path requests, Instant now)
            throws IOException {
        take(requests, folder.resolve(BatchJournal.REQUESTS));
        PrivateFiles.write(
                folder.resolve(BatchFiles.MANIFEST), manifest.toJson().toByteArray());
        PrivateFiles.write(folder.resolve(BatchJournal.EVENTS), new byte[0]);
        new EventLog(folder.resolve(BatchJournal.EVENTS)).append(new JournalEvent.Prepared(now, target));
    }

    private static void fill(Path folder, KnownAnswers known) throws IOException {
        if (known.keys().isPresent()) {
            take(known.keys().get(), folder.resolve(BatchJournal.CACHE_KEYS));
        }
        if (known.cached().isPresent()) {
            take(known.cached().get(), folder.resolve(BatchJournal.CACHED));
        }
        if (known.rest().isPresent()) {
            SentRequests rest = known.rest().get();
            take(rest.requests(), folder.resolve(BatchJournal.SENT));
            PrivateFiles.write(
                    folder.resolve(BatchJournal.SENT_MANIFEST),
                    rest.manifest().toJson().toByteArray());
        }
    }

    private static void take(Path from, Path to) throws IOException {
        Files.move(from, to);
        sync(to);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
