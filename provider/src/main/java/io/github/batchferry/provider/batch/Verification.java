package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.provider.batch.VerifyReport.Check;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.JournalEvent.Collected;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what the journal has of a collected batch against the digests it was written with, and against its branch. */
final class Verification {
    private final LockedBatch locked;
    private final BatchJournal batch;
    private final Collected collected;
    private final List<Check> checks = new ArrayList<>();

    /** @param collected how it was collected */
    Verification(LockedBatch locked, Collected collected) {
        this.locked = locked;
        this.batch = locked.journal();
        this.collected = collected;
    }

    /** Checks the files here. */
    Verification files() throws IOException {
        BatchManifest manifest = batch.manifest();
        checks.add(digest("requests", batch.requests(), Optional.of(manifest.requestsSha256())));
        checks.add(digest("responses", batch.responses(), collected.responses()));
        checks.add(order());
        checks.add(summary());
        return this;
    }

    /** Checks that the results branch is as it was collected, and says the same as the responses here. */
    Verification branch(GitRemote git) throws GitException, IOException {
        String name = Results.branch(batch).value();
        Optional<BranchSnapshot> fetched = git.fetch(Results.branch(batch));
        if (fetched.isEmpty()) {
            checks.add(new Check("branch", false, "`" + name + "` is not there any more"));
            return this;
        }
        try (BranchSnapshot branch = fetched.get()) {
            Optional<String> commit = collected.commit().map(CommitSha::value);
            checks.add(
                    commit.isEmpty() || commit.get().equals(branch.commit())
                            ? new Check("branch", true, "`" + name + "` is at " + branch.commit())
                            : new Check(
                                    "branch",
                                    false,
                                    "`" + name + "` is at " + branch.commit() + ", collected was " + commit.get()));
            checks.add(sameResponses(name, branch));
        }
        return this;
    }

    VerifyReport report() {
        return new VerifyReport(batch.id(), checks);
    }

    private static Check digest(String what, Path file, Optional<Sha256> expected) throws IOException {
        if (!Files.exists(file)) {
            return new Check(what, false, "`" + file.getFileName() + "` is missing");
        }
        Sha256 found = digest(file);
        if (expected.isEmpty()) {
            return new Check(what, true, "sha-256 " + found + "; none was noted when they were collected");
        }
        return expected.get().equals(found)
                ? new Check(what, true, "sha-256 " + found)
                : new Check(what, false, "expected sha-256 " + expected.get() + ", found " + found);
    }

    private static Sha256 digest(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.finish(digest);
    }

    private Check order() throws IOException {
        if (!Files.exists(batch.requests()) || !Files.exists(batch.responses())) {
            return new Check("order", false, "there is nothing to compare");
        }
        RequestLineParser parser = new RequestLineParser("requests", new Problems());
        try (JsonlReader requests = new JsonlReader(Files.newInputStream(batch.requests()));
                JsonlReader responses = new JsonlReader(Files.newInputStream(batch.responses()))) {
            for (Optional<JsonlLine> line = requests.next(); line.isPresent(); line = requests.next()) {
                Optional<JsonlLine> response = responses.next();
                boolean belongs = response.isPresent()
                        && parser.parse(line.get())
                                .filter(request -> isAnswer(request.customId().value(), response.get()))
                                .isPresent();
                if (!belongs) {
                    return new Check(
                            "order", false, "request " + line.get().number() + " has no response in its place");
                }
            }
            return responses.next().isEmpty()
                    ? new Check("order", true, "one response for every request, in their order")
                    : new Check("order", false, "there are more responses than requests");
        }
    }

    private static boolean isAnswer(String customId, JsonlLine line) {
        try {
            return ResponseLineCodec.read(line.bytes()).customId().value().equals(customId);
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private Check summary() {
        try {
            Optional<BatchSummary> summary = batch.summary();
            if (summary.isEmpty()) {
                return new Check("summary", true, "none: nothing was asked, or the branch was gone");
            }
            Optional<BatchManifest> sent = batch.sent().map(requests -> requests.manifest());
            boolean ours = summary.get().batchId().equals(batch.id())
                    && sent.filter(manifest -> manifest.requestsSha256()
                                    .equals(summary.get().requestsSha256()))
                            .isPresent();
            return new Check("summary", ours, ours ? "of this batch" : "of other requests");
        } catch (IOException e) {
            return new Check("summary", false, e.getMessage());
        }
    }

    /** Joins the branch once more and compares what comes of it with the file here. */
    private Check sameResponses(String name, BranchSnapshot branch) throws IOException {
        Path again = batch.directory().resolve("responses.verify");
        try (ResponseJoin join = ResponseJoin.over(locked.journal())) {
            ResponseParts parts = new ResponseParts("branch `" + name + "`", branch::open);
            parts.readVerified(parts.summary(batch.sent().orElseThrow().manifest()), join);
            if (batch.cached().isPresent()) {
                ResponseParts.readKept(batch.cached().get(), join);
            }
            boolean same =
                    Files.exists(batch.responses()) && join.writeTo(again).equals(digest(batch.responses()));
            return new Check("results", same, same ? "the branch holds these responses" : "the branch holds others");
        } catch (IOException e) {
            return new Check("results", false, e.getMessage());
        } finally {
            Files.deleteIfExists(again);
        }
    }
}
