package io.github.batchferry.localgithub.access;

import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Permissions.Access;

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
}
