package io.github.batchferry.localgithub.execution.actions;

import io.github.batchferry.localgithub.artifacts.ArtifactExistsException;
import io.github.batchferry.localgithub.artifacts.ArtifactName;
import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.execution.glob.Glob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code actions/upload-artifact}, from its version 4 on: one immutable zip for each name. */
final class UploadArtifact implements EmulatedAction {
    private final ArtifactStore artifacts;

    UploadArtifact(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public Map<String, String> defaults(ActionStep step) {
        return Map.of(
                "name", "artifact",
                "if-no-files-found", "warn",
                "compression-level", "6",
                "overwrite", "false",
                "include-hidden-files", "false");
    }

    @Override
    public void run(ActionStep step) throws IOException, ActionFailedException {
        int level = Inputs.number(step, "compression-level", 9);
        int days =
                step.input("retention-days").isEmpty() ? 0 : Inputs.number(step, "retention-days", Integer.MAX_VALUE);
        boolean overwrite = Inputs.flag(step, "overwrite");
        List<String> reactions = List.of("warn", "error", "ignore");
        if (!reactions.contains(step.input("if-no-files-found"))) {
            throw new ActionFailedException("Unrecognized if-no-files-found input. Provided: "
                    + step.input("if-no-files-found") + ". Available options: " + String.join(",", reactions));
        }
        Glob glob = glob(step);
        List<Path> files = glob.files(step::check);
        if (files.isEmpty()) {
            nothingFound(step);
            return;
        }
        step.log()
                .line("With the provided path, there will be " + files.size() + " file" + (files.size() == 1 ? "" : "s")
                        + " uploaded");
        checkName(step.input("name"));
        upload(step, ArtifactZip.of(rootOf(glob.roots(), files, step), files), level, days, overwrite);
    }

    private static void checkName(String name) throws ActionFailedException {
        try {
            ArtifactName.check(name);
        } catch (IllegalArgumentException e) {
            throw new ActionFailedException(e.getMessage());
        }
    }

    private static Glob glob(ActionStep step) throws ActionFailedException {
        if (step.input("path").isEmpty()) {
            throw new ActionFailedException("Input required and not supplied: path");
        }
        boolean hidden = Inputs.flag(step, "include-hidden-files");
        try {
            return Glob.of(step.input("path"), step.workspace(), step.home(), true, hidden);
        } catch (IllegalArgumentException e) {
            throw new ActionFailedException(e.getMessage());
        }
    }

    private static void nothingFound(ActionStep step) throws ActionFailedException {
        String message = "No files were found with the provided path: " + step.input("path")
                + ". No artifacts will be uploaded.";
        switch (step.input("if-no-files-found")) {
            case "error" -> throw new ActionFailedException(message);
            case "ignore" -> step.log().line(message);
            default -> step.log().warning(message);
        }
    }

    /** The folder that paths in the zip are relative to. */
    private static Path rootOf(List<Path> roots, List<Path> files, ActionStep step) {
        if (roots.size() == 1) {
            return files.equals(roots) ? files.get(0).getParent() : roots.get(0);
        }
        step.log().line("Multiple search paths detected. Calculating the least common ancestor of all paths");
        Path common = roots.get(0);
        for (Path root : roots) {
            while (!root.startsWith(common)) {
                common = common.getParent();
            }
        }
        step.log().line("The least common ancestor is " + common + ". This will be the root directory of the artifact");
        return common;
    }

    private void upload(ActionStep step, ArtifactZip zip, int level, int days, boolean overwrite)
            throws IOException, ActionFailedException {
        String name = step.input("name");
        Path file = step.temp().resolve(UUID.randomUUID() + ".zip");
        try {
            zip.write(file, level, step::check);
            if (overwrite) {
                delete(step, name);
            }
            try (InputStream content = Files.newInputStream(file)) {
                report(step, artifacts.create(step.origin(), name, content, days));
            }
        } catch (ArtifactExistsException e) {
            throw new ActionFailedException("Failed to CreateArtifact: Received non-retryable error: Failed request:"
                    + " (409) Conflict: " + e.getMessage());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void delete(ActionStep step, String name) throws IOException {
        for (ArtifactRecord old : artifacts.ofRun(step.origin().runId())) {
            if (old.attempt() == step.origin().attempt() && old.name().equals(name)) {
                artifacts.delete(old.id());
                step.log().line("Deleted artifact '" + name + "' (" + old.id() + ")");
            }
        }
    }

    private static void report(ActionStep step, ArtifactRecord created) {
        String url = step.fact("GITHUB_SERVER_URL") + "/" + created.repository() + "/actions/runs/" + created.runId()
                + "/artifacts/" + created.id();
        step.output("artifact-id", "" + created.id());
        step.output("artifact-url", url);
        step.output("artifact-digest", created.digest().replaceFirst("^sha256:", ""));
        step.log()
                .line("SHA256 digest of uploaded artifact zip is "
                        + created.digest().replaceFirst("^sha256:", ""));
        step.log()
                .line("Artifact " + created.name() + " has been successfully uploaded! Final size is "
                        + created.sizeInBytes() + " bytes. Artifact ID is " + created.id());
        step.log().line("Artifact download URL: " + url);
    }
}
