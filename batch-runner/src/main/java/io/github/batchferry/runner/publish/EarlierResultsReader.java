package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Reads the results branch of a batch that was begun before. */
public final class EarlierResultsReader {
    private final BranchName branch;
    private final BatchManifest manifest;
    private final Tally tally;
    private final Set<CustomId> answered = new HashSet<>();

    /** @param tally counts the responses that are there */
    public EarlierResultsReader(BranchName branch, BatchManifest manifest, Tally tally) {
        this.branch = branch;
        this.manifest = manifest;
        this.tally = tally;
    }

    /**
     * Fetches the branch and reads all responses of it, keeping only their custom ids.
     *
     * @throws ResultsConflictException if the branch holds complete results of other requests
     */
    public EarlierResults read(GitRemote remote) throws GitException, IOException, ResultsConflictException {
        Optional<BranchSnapshot> fetched = remote.fetch(branch);
        if (fetched.isEmpty()) {
            return EarlierResults.none();
        }
        try (BranchSnapshot snapshot = fetched.get()) {
            boolean complete = isComplete(snapshot);
            List<String> names = snapshot.paths().stream()
                    .filter(BatchFiles::isResponsesPart)
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .toList();
            List<BatchSummary.Part> parts = new ArrayList<>();
            for (String name : names) {
                parts.add(part(snapshot, name));
            }
            return new EarlierResults(Optional.of(snapshot.commit()), complete, parts, answered, nextPart(names));
        }
    }

    private boolean isComplete(BranchSnapshot snapshot) throws IOException, ResultsConflictException {
        if (!snapshot.paths().contains(BatchFiles.SUMMARY)) {
            return false;
        }
        BatchSummary summary = summary(snapshot);
        if (!summary.requestsSha256().equals(manifest.requestsSha256())) {
            throw new ResultsConflictException(
                    branch.value(),
                    "holds the results of other requests (sha-256 " + summary.requestsSha256() + ", expected "
                            + manifest.requestsSha256() + "): dispatch these requests as a new batch");
        }
        return true;
    }

    private BatchSummary summary(BranchSnapshot snapshot) throws IOException, ResultsConflictException {
        try (InputStream in = snapshot.open(BatchFiles.SUMMARY)) {
            return BatchSummary.parse(in.readAllBytes());
        } catch (MalformedJsonException e) {
            throw new ResultsConflictException(
                    branch.value(),
                    "holds a " + BatchFiles.SUMMARY + " that cannot be read (" + e.getMessage()
                            + "): delete the branch, or dispatch the requests as a new batch");
        }
    }

    private BatchSummary.Part part(BranchSnapshot snapshot, String name) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        LongAdder lines = new LongAdder();
        try (CountingStream bytes = new CountingStream(snapshot.open(name))) {
            ResponseScan.read(new DigestInputStream(bytes, digest), (response, line) -> {
                lines.increment();
                if (answered.add(response.customId())) {
                    tally.add(response);
                }
            });
            return new BatchSummary.Part(name, lines.sum(), bytes.count(), Sha256.finish(digest));
        }
    }

    private static int nextPart(List<String> names) {
        return names.stream()
                .mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('-') + 1, name.indexOf('.'))) + 1)
                .max()
                .orElse(0);
    }
}
