package io.github.batchferry.github;

import java.util.Optional;

/** Result of a conditional look at a run. */
public sealed interface RunLook {
    /** The run as it is now, with the ETag for the next look. */
    record Changed(WorkflowRun run, Optional<String> etag) implements RunLook {}

    /** Nothing changed since the ETag was given out (304). */
    record Unchanged() implements RunLook {}
}
