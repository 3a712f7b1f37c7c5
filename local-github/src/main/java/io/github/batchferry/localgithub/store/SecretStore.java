package io.github.batchferry.localgithub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The secrets of repositories and of their environments, in files that only their owner can read. Thread-safe. */
public final class SecretStore {
    private static final int MAX_BYTES = 48 * 1024;

    private final StateDirectory directory;
    private final Clock clock;

    /** @param clock for the times that are told about secrets */
    public SecretStore(StateDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    private SecretFile file(RepositoryName repository) {
        return new SecretFile(directory.secrets(repository));
    }

    private SecretFile file(RepositoryName repository, String environment) {
        return new SecretFile(directory.secrets(repository, environment));
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
        file(repository).put(name, value, clock.instant());
    }

    private static void check(String name, String value) {
        if (!name.equals(SettingName.kept(name))
                || SettingName.refusal("Secret", name).isPresent()) {
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
        file(repository, environment).put(name, value, clock.instant());
    }

    /**
     * Removes a secret.
     *
     * @return whether it was there
     */
    public synchronized boolean delete(RepositoryName repository, String name) throws IOException {
        return file(repository).remove(name);
    }

    /**
     * Removes a secret of an environment.
     *
     * @return whether it was there
     */
    public synchronized boolean delete(RepositoryName repository, String environment, String name) throws IOException {
        return file(repository, environment).remove(name);
    }

    /** Removes all secrets of an environment. */
    public synchronized void deleteAll(RepositoryName repository, String environment) throws IOException {
        Files.deleteIfExists(directory.secrets(repository, environment));
    }

    /** All secrets of a repository, name to value. */
    public synchronized Map<String, String> all(RepositoryName repository) throws IOException {
        return values(file(repository));
    }

    /** All secrets of an environment, name to value. */
    public synchronized Map<String, String> all(RepositoryName repository, String environment) throws IOException {
        return values(file(repository, environment));
    }

    private static Map<String, String> values(SecretFile file) throws IOException {
        Map<String, String> values = new TreeMap<>();
        file.read().forEach((name, secret) -> values.put(name, secret.value()));
        return values;
    }

    /** What may be told about the secrets of a repository, sorted by name. */
    public synchronized List<SecretRecord> records(RepositoryName repository) throws IOException {
        return records(file(repository));
    }

    /** What may be told about the secrets of an environment, sorted by name. */
    public synchronized List<SecretRecord> records(RepositoryName repository, String environment) throws IOException {
        return records(file(repository, environment));
    }

    private static List<SecretRecord> records(SecretFile file) throws IOException {
        return file.read().entrySet().stream()
                .map(secret -> new SecretRecord(
                        secret.getKey(),
                        secret.getValue().createdAt(),
                        secret.getValue().updatedAt()))
                .toList();
    }
}
