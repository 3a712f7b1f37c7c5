package io.github.batchferry.localgithub.artifacts;

import java.io.IOException;

/** The attempt of the run has an artifact of this name already. */
public final class ArtifactExistsException extends IOException {
    private static final long serialVersionUID = 1L;

    ArtifactExistsException() {
        super("an artifact with this name already exists on the workflow run");
    }
}
