package io.github.batchferry.localgithub.store;

import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * One JSON document of the whole server, such as its Apps, in memory and on disk; a change is on disk before anybody sees
 * it. Only its owner can read the file. Thread-safe.
 *
 * @param <T> a record that Jackson reads and writes
 */
public final class ServerDocument<T> {
    private final Path file;

    // Mutable state
    private volatile T content;

    private ServerDocument(Path file, T content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Reads a document.
     *
     * @param kind names the file
     * @param absent what there is without the file
     */
    public static <T> ServerDocument<T> open(StateDirectory directory, String kind, Class<T> type, T absent)
            throws IOException {
        Path file = directory.document(kind);
        try {
            return new ServerDocument<>(
                    file, Files.exists(file) ? Json.MAPPER.readValue(Files.readAllBytes(file), type) : absent);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The document as it is now. */
    public T get() {
        return content;
    }

    /** Changes the document; what was written is given back. */
    public synchronized T update(UnaryOperator<T> change) {
        T changed = change.apply(content);
        try {
            AtomicFile.writeOwnerOnly(file, Json.bytes(changed));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        content = changed;
        return changed;
    }
}
