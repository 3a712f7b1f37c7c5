package io.github.batchferry.localgithub.artifacts;

import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.AtomicFile;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The artifacts of all runs: records in memory and on disk, content on disk until it expires. Thread-safe.
 */
public final class ArtifactStore {
    /** Days that content is kept unless the upload says otherwise; also the most it can say. */
    public static final int LONGEST_DAYS = 90;

    private static final String RECORD = ".json";

    private final StateDirectory directory;
    private final Clock clock;

    // Mutable state
    private final Map<Long, ArtifactRecord> records = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private long lastId;

    private ArtifactStore(StateDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Reads the records of a state directory; remains of uploads that were cut off are removed.
     *
     * @param clock decides what has expired
     */
    public static ArtifactStore load(StateDirectory directory, Clock clock) throws IOException {
        ArtifactStore store = new ArtifactStore(directory, clock);
        Files.createDirectories(directory.artifacts());
        if (Files.exists(store.last())) {
            store.lastId = Long.parseLong(Files.readString(store.last()).strip());
        }
        try (Stream<Path> files = Files.list(directory.artifacts())) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(RECORD)).toList()) {
                ArtifactRecord read = Json.MAPPER.readValue(Files.readAllBytes(file), ArtifactRecord.class);
                store.records.put(read.id(), read);
            }
        }
        store.removeRemains();
        return store;
    }

    private void removeRemains() throws IOException {
        try (Stream<Path> files = Files.list(directory.artifacts())) {
            for (Path file : files.filter(each -> !isKept(each)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isKept(Path file) {
        return file.equals(last())
                || records.values().stream()
                        .anyMatch(each -> file.equals(record(each.id()))
                                || (file.equals(zip(each.id())) && !each.expired(clock.instant())));
    }

    /**
     * Takes an artifact in.
     *
     * @param zip its content, read to its end
     * @param retentionDays 1 to {@value #LONGEST_DAYS}; 0 for {@value #LONGEST_DAYS}; more is cut down to it
     * @throws ArtifactExistsException if the attempt has one of this name
     * @throws IllegalArgumentException if the name or the number of days is not what GitHub takes
     */
    public ArtifactRecord create(ArtifactOrigin origin, String name, InputStream zip, int retentionDays)
            throws IOException {
        ArtifactName.check(name);
        if (retentionDays < 0) {
            throw new IllegalArgumentException(
                    "Retention days must be a positive number, but it is `" + retentionDays + "`");
        }
        int days = retentionDays == 0 ? LONGEST_DAYS : Math.min(retentionDays, LONGEST_DAYS);
        refuseTaken(origin, name);
        long id = nextId();
        Path beside = zip(id).resolveSibling(id + ".new");
        try {
            String digest = copy(zip, beside);
            return publish(origin, name, id, beside, digest, Duration.ofDays(days));
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private synchronized long nextId() throws IOException {
        long id = lastId + 1;
        AtomicFile.write(last(), Long.toString(id).getBytes(StandardCharsets.UTF_8));
        lastId = id;
        return id;
    }

    private static String copy(InputStream zip, Path file) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            Files.copy(new DigestInputStream(zip, sha256), file, StandardCopyOption.REPLACE_EXISTING);
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private synchronized ArtifactRecord publish(
            ArtifactOrigin origin, String name, long id, Path content, String digest, Duration life)
            throws IOException {
        refuseTaken(origin, name);
        ArtifactRecord created = new ArtifactRecord(
                id,
                origin.runId(),
                origin.jobId(),
                origin.attempt(),
                origin.repository(),
                name,
                Files.size(content),
                digest,
                clock.instant(),
                clock.instant().plus(life),
                origin.headBranch(),
                origin.headSha());
        Files.move(content, zip(id), StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.write(record(id), Json.bytes(created));
        records.put(id, created);
        return created;
    }

    private void refuseTaken(ArtifactOrigin origin, String name) throws ArtifactExistsException {
        boolean taken = records.values().stream()
                .anyMatch(each -> each.runId() == origin.runId()
                        && each.attempt() == origin.attempt()
                        && each.name().equals(name));
        if (taken) {
            throw new ArtifactExistsException();
        }
    }

    /** The artifacts of all attempts of a run, newest first; expired ones too. */
    public List<ArtifactRecord> ofRun(long runId) {
        return list(each -> each.runId() == runId);
    }

    /** The artifacts of a repository, newest first; expired ones too. */
    public List<ArtifactRecord> of(RepositoryName repository) {
        return list(each -> each.repository().equals(repository));
    }

    private List<ArtifactRecord> list(Predicate<ArtifactRecord> which) {
        return records.values().stream().filter(which).toList();
    }

    /** An artifact of any repository. */
    public Optional<ArtifactRecord> find(long id) {
        return Optional.ofNullable(records.get(id));
    }

    /** Whether the content of an artifact is gone by now. */
    public boolean isExpired(ArtifactRecord artifact) {
        return artifact.expired(clock.instant());
    }

    /**
     * Opens the zip of an artifact, of as many bytes as its record says.
     *
     * @throws IOException if it has expired or was deleted
     */
    public InputStream open(ArtifactRecord artifact) throws IOException {
        if (isExpired(artifact)) {
            throw new IOException("the artifact `" + artifact.name() + "` has expired");
        }
        return Files.newInputStream(zip(artifact.id()));
    }

    /**
     * Removes an artifact.
     *
     * @return false if there is none of this id
     */
    public synchronized boolean delete(long id) throws IOException {
        if (!records.containsKey(id)) {
            return false;
        }
        Files.deleteIfExists(record(id));
        Files.deleteIfExists(zip(id));
        records.remove(id);
        return true;
    }

    private Path last() {
        return directory.artifacts().resolve("last-id");
    }

    private Path record(long id) {
        return directory.artifacts().resolve(id + RECORD);
    }

    private Path zip(long id) {
        return directory.artifacts().resolve(id + ".zip");
    }
}
