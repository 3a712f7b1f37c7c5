package io.github.batchferry.provider.connection;

import io.github.batchferry.provider.targets.Target;
import java.io.Closeable;

/** Opens connections to targets. Closing it stops whatever it started, the embedded GitHub among it. */
public interface RunnerConnector extends Closeable {
    /**
     * Connects to a target; asked again for the same target it gives the same connection.
     *
     * @throws ConnectionFailedException if the target cannot be used from here, with what to do about it
     */
    RunnerConnection connect(Target target) throws ConnectionFailedException;
}
