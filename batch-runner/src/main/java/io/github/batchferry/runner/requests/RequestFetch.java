package io.github.batchferry.runner.requests;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Brings the requests of a batch to a file of this machine and verifies them against the manifest. */
public final class RequestFetch {
    private static final String INLINE = "inline requests";

    private final GitRemote remote;

    /** @param remote repository that may hold the requests branch */
    public RequestFetch(GitRemote remote) {
        this.remote = remote;
    }

    /**
     * Fetches the requests.
     *
     * @param file where they go
     * @throws InvalidInputException if they are not what the manifest says, with expected and actual
     */
    public void fetch(PromptsArtifact prompts, BatchManifest manifest, Path file)
            throws InvalidInputException, GitException, IOException {
        if (prompts instanceof PromptsArtifact.Inline inline) {
            unpack(inline, manifest, file);
        } else {
            fetch((PromptsArtifact.Branch) prompts, manifest, file);
        }
    }

    private static void unpack(PromptsArtifact.Inline inline, BatchManifest manifest, Path file)
            throws InvalidInputException, IOException {
        RequestSpool spool = new RequestSpool(INLINE, manifest);
        try (InputStream requests = new GZIPInputStream(new ByteArrayInputStream(inline.gzip()))) {
            spool.add(requests, file);
        } catch (ZipException | EOFException e) {
            throw InvalidInputException.of(INLINE, "cannot be unpacked: expected gzip; dispatch the batch again");
        }
        spool.verify();
    }

    private void fetch(PromptsArtifact.Branch prompts, BatchManifest manifest, Path file)
            throws InvalidInputException, GitException, IOException {
        BranchName branch = new BranchName(BatchFiles.requestsBranch(prompts.batch()));
        try (BranchSnapshot snapshot = remote.fetch(branch)
                .orElseThrow(() -> InvalidInputException.of(
                        branch.value(), "the branch does not exist; dispatch the batch again"))) {
            if (!snapshot.commit().equals(prompts.commit().value())) {
                throw InvalidInputException.of(
                        branch.value(),
                        "expected commit " + prompts.commit() + ", found " + snapshot.commit()
                                + ": somebody changed the requests after the dispatch");
            }
            RequestSpool spool = new RequestSpool(branch.value(), manifest);
            for (String part : parts(snapshot)) {
                try (InputStream requests = snapshot.open(part)) {
                    spool.add(requests, file);
                }
            }
            spool.verify();
        }
    }

    private static List<String> parts(BranchSnapshot snapshot) {
        return snapshot.paths().stream()
                .filter(BatchFiles::isRequestsPart)
                // numbers beyond four digits are longer, hence later
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
