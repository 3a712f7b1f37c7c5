package io.github.batchferry.localgithub.execution.actions;

import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The emulated actions by their names. Thread-safe. */
public final class EmulatedActions {
    private final Map<String, EmulatedAction> actions;

    /**
     * @param artifacts where they upload to and download from
     * @param tokens tell what may be downloaded of other runs
     */
    public EmulatedActions(ArtifactStore artifacts, Tokens tokens) {
        this.actions = Map.of(
                "actions/checkout", new Checkout(),
                "actions/upload-artifact", new UploadArtifact(artifacts),
                "actions/download-artifact", new DownloadArtifact(artifacts, tokens));
    }

    /** The action of a name such as {@code actions/checkout}, in any case. */
    public Optional<EmulatedAction> find(String name) {
        return Optional.ofNullable(actions.get(name.toLowerCase(Locale.ROOT)));
    }
}
