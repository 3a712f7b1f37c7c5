package io.github.batchferry.provider.embedded;

import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secrets of the embedded runner repository, whether an embedded GitHub is running or not. Which of them reach a vendor
 * is written down when it starts.
 *
 * @param state state directory of the embedded GitHub
 */
public record EmbeddedSecrets(Path state) {
    /**
     * Adds or replaces a secret.
     *
     * @throws IllegalArgumentException if GitHub would not take the name or the value, with what it takes
     */
    public void set(String name, String value) throws IOException {
        StateDirectory directory = new StateDirectory(state);
        directory.create();
        new SecretStore(directory).set(repository(), name, value);
    }

    /** The names of all secrets, sorted. */
    public Set<String> names() throws IOException {
        return new TreeSet<>(
                new SecretStore(new StateDirectory(state)).all(repository()).keySet());
    }

    private static RepositoryName repository() {
        return new RepositoryName(EmbeddedGitHub.REPOSITORY.owner(), EmbeddedGitHub.REPOSITORY.name());
    }
}
