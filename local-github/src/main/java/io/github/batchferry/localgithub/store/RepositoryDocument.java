package io.github.batchferry.localgithub.store;

import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * One JSON document for each repository, such as its issues or its releases, in memory and on disk; a change is on disk
 * before anybody sees it. Only its owner can read the file. Thread-safe.
 *
 * @param <T> a record that Jackson reads and writes
 */
public final class RepositoryDocument<T> {
    private final StateDirectory directory;
    private final String kind;
    private final Class<T> type;
    private final T absent;

    // Mutable state
    private final Map<RepositoryName, T> known = new ConcurrentHashMap<>();

    /**
     * @param kind names the file
     * @param absent what a repository without the file has
     */
    public RepositoryDocument(StateDirectory directory, String kind, Class<T> type, T absent) {
        this.directory = directory;
        this.kind = kind;
        this.type = type;
        this.absent = absent;
    }

    /** The document of a repository as it is now; that of a repository that was deleted is gone with it. */
    public T of(RepositoryName repository) {
        T document = known.computeIfAbsent(repository, this::read);
        if (document != absent && !Files.exists(directory.document(repository, kind))) {
            known.remove(repository, document);
            return absent;
        }
        return document;
    }

    private T read(RepositoryName repository) {
        Path file = directory.document(repository, kind);
        try {
            return Files.exists(file) ? Json.MAPPER.readValue(Files.readAllBytes(file), type) : absent;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Changes the document of a repository; what was written is given back. */
    public synchronized T update(RepositoryName repository, UnaryOperator<T> change) {
        T changed = change.apply(of(repository));
        Path file = directory.document(repository, kind);
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.writeOwnerOnly(file, Json.bytes(changed));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        known.put(repository, changed);
        return changed;
    }
}
