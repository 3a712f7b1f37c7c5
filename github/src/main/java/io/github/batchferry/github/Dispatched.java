package io.github.batchferry.github;

import java.net.URI;

/** GitHub took a dispatch. */
public sealed interface Dispatched {
    /** The run is known. */
    record Run(long runId, URI htmlUrl) implements Dispatched {}

    /** Taken without saying which run it became (204: older servers); find it by its name. */
    record Unnamed() implements Dispatched {}
}
