package io.github.batchferry.localgithub.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The secrets of repositories, one file each that only its owner can read. Thread-safe. */
public final class SecretStore {
    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");
    private static final int MAX_BYTES = 48 * 1024;

    private final StateDirectory directory;

    public SecretStore(StateDirectory directory) {
        this.directory = directory;
    }

    /**
     * Adds or replaces a secret.
     *
     * @param name capital letters, digits and underscores, not beginning with a digit or with {@code GITHUB_}
     * @param value up to 48 KB of UTF-8
     * @throws IllegalArgumentException if the name or the value is not what GitHub takes
     */
    public synchronized void set(RepositoryName repository, String name, String value) throws IOException {
        check(name, value);
        put(directory.secrets(repository), name, value);
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches() || name.startsWith("GITHUB_")) {
            throw new IllegalArgumentException("invalid secret name `" + name
                    + "`: use capital letters, digits and underscores, no digit first, and not the prefix GITHUB_");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("the value of the secret `" + name + "` is larger than 48 KB");
        }
    }

    /**
     * Adds or replaces a secret of an environment, by the same rules.
     *
     * @throws IllegalArgumentException if the name or the value is not what GitHub takes
     */
    public synchronized void set(RepositoryName repository, String environment, String name, String value)
            throws IOException {
        check(name, value);
        put(directory.secrets(repository, environment), name, value);
    }

    /** Removes a secret; one that is not there is fine. */
    public synchronized void delete(RepositoryName repository, String name) throws IOException {
        Map<String, String> all = new TreeMap<>(all(repository));
        if (all.remove(name) != null) {
            write(directory.secrets(repository), all);
        }
    }

    /** All secrets of a repository, name to value. */
    public synchronized Map<String, String> all(RepositoryName repository) throws IOException {
        return read(directory.secrets(repository));
    }

    /** All secrets of an environment, name to value. */
    public synchronized Map<String, String> all(RepositoryName repository, String environment) throws IOException {
        return read(directory.secrets(repository, environment));
    }

    private static void put(Path file, String name, String value) throws IOException {
        Map<String, String> all = new TreeMap<>(read(file));
        all.put(name, value);
        write(file, all);
    }

    private static Map<String, String> read(Path file) throws IOException {
        return Files.exists(file)
                ? Json.MAPPER.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {})
                : Map.of();
    }

    private static void write(Path file, Map<String, String> all) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFile.writeOwnerOnly(file, Json.bytes(all));
    }
}
