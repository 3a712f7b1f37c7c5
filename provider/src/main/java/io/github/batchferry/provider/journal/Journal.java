package io.github.batchferry.provider.journal;

import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.InvalidValueException;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All batches a client knows, in {@code batches} below its state folder. A batch appears whole, by one rename, or not at
 * all; nothing is made before the first one.
 */
public final class Journal {
    private final Path batches;

    /** @param stateDirectory the client's state folder, {@code .ferry}; need not exist */
    public Journal(Path stateDirectory) {
        this.batches = stateDirectory.resolve("batches");
    }

    /** The folder of all batches; need not exist. */
    public Path directory() {
        return batches;
    }

    /**
     * Writes a new batch down.
     *
     * @param requests file of request lines as the manifest describes them; it is moved
     */
    public BatchJournal create(BatchManifest manifest, Target target, Path requests, Instant now) throws IOException {
        PrivateFiles.createDirectories(batches);
        keepOutOfVersionControl();
        Path staging = batches.resolve(".new-" + manifest.batchId());
        PrivateFiles.createDirectories(staging);
        try {
            fill(staging, manifest, target, requests, now);
            Files.move(staging, directory(manifest.batchId()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            remove(staging);
            throw e;
        }
        return BatchJournal.read(directory(manifest.batchId()));
    }

    /** The batch of that name, or empty if there is none. */
    public Optional<BatchJournal> find(BatchId batch) throws IOException {
        Path directory = directory(batch);
        return Files.isDirectory(directory) ? Optional.of(BatchJournal.read(directory)) : Optional.empty();
    }

    /** All batches, newest first. */
    public List<BatchJournal> all() throws IOException {
        List<BatchJournal> all = new ArrayList<>();
        for (BatchId id : ids()) {
            all.add(BatchJournal.read(directory(id)));
        }
        return all;
    }

    /**
     * The newest batch with these requests for this target of which not all responses were collected. Settings of a target
     * that do not change where it is, such as its time-out, need not be equal.
     */
    public Optional<BatchJournal> findUnfinished(Sha256 requests, Target target) throws IOException {
        for (BatchJournal batch : all()) {
            if (batch.manifest().requestsSha256().equals(requests)) {
                BatchProgress progress = batch.progress();
                if (progress.collected().isEmpty()
                        && TargetCodec.samePlace(progress.prepared().target(), target)) {
                    return Optional.of(batch);
                }
            }
        }
        return Optional.empty();
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

    private void keepOutOfVersionControl() throws IOException {
        Path ignore = batches.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            // prompts and answers are easily committed by mistake where the state folder lies in a checkout
            Files.write(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void fill(Path folder, BatchManifest manifest, Target target, Path requests, Instant now)
            throws IOException {
        Files.move(requests, folder.resolve(BatchJournal.REQUESTS));
        sync(folder.resolve(BatchJournal.REQUESTS));
        PrivateFiles.write(
                folder.resolve(BatchFiles.MANIFEST), manifest.toJson().toByteArray());
        PrivateFiles.write(folder.resolve(BatchJournal.EVENTS), new byte[0]);
        new EventLog(folder.resolve(BatchJournal.EVENTS)).append(new JournalEvent.Prepared(now, target));
    }

    private static void remove(Path folder) throws IOException {
        for (String file : List.of(BatchJournal.REQUESTS, BatchFiles.MANIFEST, BatchJournal.EVENTS)) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
