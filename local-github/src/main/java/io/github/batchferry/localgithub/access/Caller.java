package io.github.batchferry.localgithub.access;

import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.List;

/** Whoever holds a valid token. */
public sealed interface Caller {
    /** Login to show. */
    String login();

    /** Whether a repository is there at all for this caller. */
    boolean sees(RepositoryName repository);

    /** Whether a scope of a repository, such as {@code contents}, may be used this far. */
    boolean may(RepositoryName repository, String scope, Access access);

    /** The owner of the state directory, who may do everything. */
    record User() implements Caller {
        /** Login of the one user there is. */
        public static final String LOGIN = "local";

        @Override
        public String login() {
            return LOGIN;
        }

        @Override
        public boolean sees(RepositoryName repository) {
            return true;
        }

        @Override
        public boolean may(RepositoryName repository, String scope, Access access) {
            return true;
        }
    }

    /**
     * A running job.
     *
     * @param repository its own, the only one it sees
     * @param permissions what its workflow grants
     */
    record Job(RepositoryName repository, Permissions permissions) implements Caller {
        @Override
        public String login() {
            return "github-actions[bot]";
        }

        @Override
        public boolean sees(RepositoryName other) {
            return repository.equals(other);
        }

        @Override
        public boolean may(RepositoryName other, String scope, Access access) {
            return sees(other) && permissions.allow(scope, access);
        }
    }

    /**
     * An App on an account.
     *
     * @param slug the App's name in URLs
     * @param appId number of the App
     * @param id number of the installation
     * @param owner login of the account
     * @param repositories names of the account's repositories it sees; empty for all
     * @param permissions what its token grants
     */
    record Installation(
            String slug, long appId, long id, String owner, List<String> repositories, Permissions permissions)
            implements Caller {
        public Installation {
            repositories = List.copyOf(repositories);
        }

        @Override
        public String login() {
            return slug + "[bot]";
        }

        @Override
        public boolean sees(RepositoryName other) {
            return owner.equalsIgnoreCase(other.owner())
                    && (repositories.isEmpty() || repositories.contains(other.name()));
        }

        @Override
        public boolean may(RepositoryName other, String scope, Access access) {
            return sees(other) && permissions.allow(scope, access);
        }
    }
}
