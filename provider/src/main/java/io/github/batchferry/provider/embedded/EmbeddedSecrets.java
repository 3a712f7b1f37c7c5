package io.github.batchferry.provider.embedded;

import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secrets of the embedded runner repository, or of one of its environments, whether an embedded GitHub is running or
 * not. Which of them reach a vendor is written down when it starts.
 */
public final class EmbeddedSecrets {
    private static final RepositoryName REPOSITORY =
            new RepositoryName(EmbeddedGitHub.REPOSITORY.owner(), EmbeddedGitHub.REPOSITORY.name());

    private final StateDirectory directory;
    private final Optional<String> environment;
    private final SecretStore secrets;

    private EmbeddedSecrets(StateDirectory directory, Optional<String> environment, Clock clock) {
        this.directory = directory;
        this.environment = environment;
        this.secrets = new SecretStore(directory, clock);
    }

    /**
     * The secrets in a state directory, which need not exist.
     *
     * @param environment whose secrets; empty for those of the repository itself
     */
    public static EmbeddedSecrets of(Path state, Optional<String> environment, Clock clock) {
        return new EmbeddedSecrets(new StateDirectory(state), environment, clock);
    }

    /**
     * Adds or replaces a secret.
     *
     * @throws IllegalArgumentException if GitHub would not take the name or the value, with what it takes
     */
    public void set(String name, String value) throws IOException {
        directory.create();
        if (environment.isPresent()) {
            secrets.set(REPOSITORY, environment.get(), name, value);
        } else {
            secrets.set(REPOSITORY, name, value);
        }
    }

    /**
     * Removes a secret.
     *
     * @return whether it was there
     */
    public boolean delete(String name) throws IOException {
        return environment.isPresent()
                ? secrets.delete(REPOSITORY, environment.get(), name)
                : secrets.delete(REPOSITORY, name);
    }

    /** The names of all secrets, sorted. */
    public Set<String> names() throws IOException {
        return new TreeSet<>(
                (environment.isPresent() ? secrets.all(REPOSITORY, environment.get()) : secrets.all(REPOSITORY))
                        .keySet());
    }
}
