package io.github.batchferry.provider.connection;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import java.io.Closeable;
import java.util.Optional;

/** Opens connections to targets. Closing it stops whatever it started, the embedded GitHub among it. */
public interface RunnerConnector extends Closeable {
    /**
     * Connects to a target; asked again for the same target it gives the same connection.
     *
     * @throws ConnectionFailedException if the target cannot be used from here, with what to do about it
     */
    RunnerConnection connect(Target target) throws ConnectionFailedException;

    /**
     * Has what was remembered of the target's repository asked for again.
     *
     * @return whether there was anything that may have been out of date
     */
    default boolean forget(Target target) throws ConnectionFailedException {
        return !(target instanceof Target.Embedded)
                && connect(target).repository().forget();
    }

    /** The text of the target's {@code vendors.yaml}; empty if it may not be read. May be remembered for a while. */
    default Optional<byte[]> vendors(Target target) throws ConnectionFailedException, GitHubException {
        return connect(target).repository().file(BatchFiles.VENDORS);
    }
}
