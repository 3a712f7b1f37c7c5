package io.github.batchferry.provider.batch;

import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.RunArtifact;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.JournalEvent.Dispatched;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Fetches the artifact with the results of a batch. Nothing is unpacked: files are read inside the zip, by names that the wire
 * format knows, after the digest that GitHub tells was found right.
 */
final class ResultsArtifact {
    private ResultsArtifact() {}

    /**
     * Downloads the artifact of the batch's run; the caller closes it.
     *
     * @return empty if the run uploaded none
     * @throws IOException if it has expired, is not what GitHub says, or holds what no runner put there
     */
    static Optional<ResultFiles> fetch(BatchJournal batch, ActionsApi actions) throws GitHubException, IOException {
        OptionalLong run = batch.progress().dispatched().map(Dispatched::runId).orElse(OptionalLong.empty());
        if (run.isEmpty()) {
            return Optional.empty();
        }
        List<RunArtifact> artifacts = actions.artifacts(run.getAsLong(), BatchFiles.resultsArtifact(batch.id()));
        if (artifacts.isEmpty()) {
            return Optional.empty();
        }
        RunArtifact artifact = artifacts.get(0);
        if (artifact.expired()) {
            throw expired(artifact, run.getAsLong());
        }
        Path zip = batch.directory().resolve("results.zip");
        try {
            actions.download(artifact, zip);
            requireDigest(artifact, zip);
            return Optional.of(open(artifact, zip));
        } catch (GitHubException e) {
            Files.deleteIfExists(zip);
            throw e.status() == 410 ? expired(artifact, run.getAsLong()) : e;
        } catch (IOException e) {
            Files.deleteIfExists(zip);
            throw e;
        }
    }

    private static GitHubException expired(RunArtifact artifact, long run) {
        return new GitHubException(
                "artifact `" + artifact.name() + "` of run " + run + " has expired, and its results with it; set"
                        + " retention-days of the runner's workflow higher, and send the requests again with --fresh",
                410);
    }

    private static void requireDigest(RunArtifact artifact, Path zip) throws IOException {
        if (artifact.sha256().isEmpty()) {
            return;
        }
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(zip), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String found = Sha256.finish(digest).toString();
        if (!found.equals(artifact.sha256().get())) {
            throw new IOException("artifact `" + artifact.name() + "` has another sha-256: expected "
                    + artifact.sha256().get() + ", found " + found + "; collect it again");
        }
    }

    private static ResultFiles open(RunArtifact artifact, Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        String place = "artifact `" + artifact.name() + "`";
        try {
            List<String> names = zip.stream().map(ZipEntry::getName).sorted().toList();
            requireKnown(place, names);
            return new ResultFiles(place, names, name -> content(zip, name), Optional.empty(), () -> {
                zip.close();
                Files.deleteIfExists(file);
            });
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    /** A name such as {@code ../x} is nothing a runner writes, so whoever wrote it wants something else. */
    private static void requireKnown(String place, List<String> names) throws IOException {
        for (String name : names) {
            boolean known = BatchFiles.isResponsesPart(name)
                    || List.of(BatchFiles.SUMMARY, BatchFiles.PROGRESS, BatchFiles.ECONOMY)
                            .contains(name);
            if (!known) {
                throw new IOException(place + " holds a file `" + name + "`, which no batch runner writes");
            }
        }
    }

    private static InputStream content(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new NoSuchFileException(name);
        }
        return zip.getInputStream(entry);
    }
}
