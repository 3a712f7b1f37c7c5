package io.github.batchferry.localgithub.execution.actions;

import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.artifacts.ArtifactRecord;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.execution.glob.NamePattern;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code actions/download-artifact}, from its version 4 on. */
final class DownloadArtifact implements EmulatedAction {
    private final ArtifactStore artifacts;
    private final Tokens tokens;

    DownloadArtifact(ArtifactStore artifacts, Tokens tokens) {
        this.artifacts = artifacts;
        this.tokens = tokens;
    }

    @Override
    public Map<String, String> defaults(ActionStep step) {
        return Map.of(
                "merge-multiple", "false",
                "repository", step.fact("GITHUB_REPOSITORY"),
                "run-id", step.fact("GITHUB_RUN_ID"));
    }

    @Override
    public void run(ActionStep step) throws IOException, ActionFailedException {
        boolean merge = Inputs.flag(step, "merge-multiple");
        boolean byName = !step.input("name").isEmpty();
        boolean byId = !step.input("artifact-ids").isEmpty();
        if (byName && byId) {
            throw new ActionFailedException(
                    "Inputs 'name' and 'artifact-ids' cannot be used together. Please specify only one.");
        }
        List<ArtifactRecord> all = available(step);
        List<ArtifactRecord> wanted = byName ? named(step, all) : byId ? identified(step, all) : matching(step, all);
        boolean flat = merge || byName || byId && wanted.size() == 1;
        Path folder = folder(step);
        for (ArtifactRecord artifact : wanted) {
            download(step, artifact, flat ? folder : folder.resolve(artifact.name()));
        }
        step.log().line("Total of " + wanted.size() + " artifact(s) downloaded");
        step.output("download-path", folder.toString());
        step.log().line("Download artifact has finished successfully");
    }

    private static Path folder(ActionStep step) {
        String path = step.input("path").replaceFirst("^~(?=/|$)", step.home().toString());
        return step.workspace().resolve(path).normalize();
    }

    /** The newest artifact of each name that has not expired, by name. */
    private List<ArtifactRecord> available(ActionStep step) throws ActionFailedException {
        Map<String, ArtifactRecord> newest = new TreeMap<>();
        for (ArtifactRecord artifact : artifacts.ofRun(runId(step))) {
            if (!artifacts.isExpired(artifact)) {
                newest.putIfAbsent(artifact.name(), artifact);
            }
        }
        return List.copyOf(newest.values());
    }

    /** With a token, the run that is asked for; its own run else. */
    private long runId(ActionStep step) throws ActionFailedException {
        if (step.input("github-token").isEmpty()) {
            return step.origin().runId();
        }
        String[] parts = step.input("repository").split("/");
        if (parts.length != 2 || !RepositoryName.valid(parts[0], parts[1])) {
            throw new ActionFailedException(
                    "Invalid repository: '" + step.input("repository") + "'. Must be in format owner/repo");
        }
        if (!step.input("run-id").matches("\\d{1,18}")) {
            throw new ActionFailedException("Invalid run-id: `" + step.input("run-id") + "`. Expected a number");
        }
        RepositoryName repository = new RepositoryName(parts[0], parts[1]);
        long run = Long.parseLong(step.input("run-id"));
        boolean allowed = tokens.find(step.input("github-token"))
                .filter(caller -> caller.may(repository, "actions", Access.READ))
                .isPresent();
        boolean elsewhere = artifacts.ofRun(run).stream()
                .anyMatch(artifact -> !artifact.repository().equals(repository));
        if (!allowed || elsewhere) {
            throw new ActionFailedException("Unable to list artifacts of run " + run + " of " + repository
                    + ": the token may not read its actions, or there is no such run");
        }
        return run;
    }

    private static List<ArtifactRecord> named(ActionStep step, List<ArtifactRecord> all) throws ActionFailedException {
        String name = step.input("name");
        step.log().line("Downloading single artifact");
        List<ArtifactRecord> found =
                all.stream().filter(each -> each.name().equals(name)).toList();
        if (found.isEmpty()) {
            throw new ActionFailedException("Unable to download artifact(s): Artifact not found for name: " + name
                    + "\n        Please ensure that your artifact is not expired and the artifact was uploaded using a"
                    + " compatible version of toolkit/upload-artifact.");
        }
        return found;
    }

    private static List<ArtifactRecord> identified(ActionStep step, List<ArtifactRecord> all)
            throws ActionFailedException {
        List<ArtifactRecord> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String id : Arrays.stream(step.input("artifact-ids").split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList()) {
            if (!id.matches("\\d{1,18}")) {
                throw new ActionFailedException("Invalid artifact ID: '" + id + "'. Must be a number.");
            }
            long number = Long.parseLong(id);
            List<ArtifactRecord> one =
                    all.stream().filter(each -> each.id() == number).toList();
            found.addAll(one);
            if (one.isEmpty()) {
                missing.add(id);
            }
        }
        if (found.isEmpty()) {
            throw new ActionFailedException("None of the provided artifact IDs were found");
        }
        if (!missing.isEmpty()) {
            step.log().warning("Could not find the following artifact IDs: " + String.join(", ", missing));
        }
        return found;
    }

    private static List<ArtifactRecord> matching(ActionStep step, List<ArtifactRecord> all) {
        String pattern = step.input("pattern");
        if (pattern.isEmpty()) {
            step.log().line("No input name, artifact-ids or pattern filtered specified, downloading all artifacts");
        } else {
            step.log().line("Filtering artifacts by pattern '" + pattern + "'");
        }
        List<ArtifactRecord> found = all.stream()
                .filter(each -> pattern.isEmpty() || NamePattern.matches(pattern, each.name()))
                .toList();
        if (!found.isEmpty()) {
            step.log().line("Preparing to download the following artifacts:");
            step.log()
                    .line(found.stream()
                            .map(each -> "- " + each.name() + " (ID: " + each.id() + ", Size: " + each.sizeInBytes()
                                    + ", Expected Digest: " + each.digest() + ")")
                            .collect(Collectors.joining("\n")));
        }
        return found;
    }

    private void download(ActionStep step, ArtifactRecord artifact, Path folder)
            throws IOException, ActionFailedException {
        step.check();
        step.log().line("Starting download of artifact to: " + folder);
        try (InputStream zip = artifacts.open(artifact)) {
            ArtifactZip.unpack(zip, folder, step::check);
        }
        step.log().line("Artifact download completed successfully.");
    }
}
