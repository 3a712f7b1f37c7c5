package io.github.batchferry.runner.economy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.requests.RequestIndex;
import io.github.batchferry.runner.testing.ManualEventLoop;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionsTest {
    private static final BatchId BATCH = new BatchId("20260115-093000-k3p7qa");
    private static final Duration SLOW = Duration.ofMinutes(6);

    @TempDir
    Path folder;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final List<CompletableFuture<String>> submitted = new ArrayList<>();
    private final List<Part> taken = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    // Mutable state
    private Search shown = new Search.Absent();
    private Submissions submissions;

    @BeforeEach
    void onePartIsSubmitted() throws IOException {
        BitSet one = new BitSet();
        one.set(0);
        Path none = Files.createFile(folder.resolve("requests.jsonl"));
        RequestFile file = new RequestFile(none, new RequestIndex());
        EconomyRun.Setup setup = new EconomyRun.Setup(BATCH, file, one, Map.of(), false, folder, Pricing.NONE);
        Ledger ledger = new Ledger(Sha256.of(new byte[0]), bytes -> CompletableFuture.completedFuture(null));
        Map<String, EconomyVendor> vendors =
                Map.of("cloud", new EconomyVendor(0, null, Optional.of(new ScriptedApi())));
        PartResponses responses = new PartResponses(BATCH, file::load, one, Pricing.NONE, response -> {});
        Work work = new Work(setup, ledger, EconomyTimes.standard(), new Random(1), loop, log::add, vendors, responses);
        submissions = new Submissions(work, taken::add);
        Part part = Part.planned(0, "cloud", "/v1/x", RequestSet.of(one));
        work.line(part).add(part);
        submissions.pumpAll();
        loop.runDue();
        assertThat(submitted).hasSize(1);
    }

    private void loseTheAnswerAfter(Duration upload) {
        loop.advance(upload);
        submitted.get(0).completeExceptionally(new IOException("504"));
        loop.runDue();
    }

    @Test
    void aSlowUploadDoesNotShortenTheTimeInWhichTheVendorMayShowIt() {
        loseTheAnswerAfter(SLOW);
        loop.advance(Duration.ofMinutes(1));
        shown = new Search.Found("batch_7");

        loop.advance(Duration.ofMinutes(1));

        assertThat(submitted).hasSize(1);
        assertThat(taken)
                .singleElement()
                .satisfies(part -> assertThat(part.vendorBatch()).contains("batch_7"));
    }

    @Test
    void whatDoesNotShowLongAfterTheFailedAnswerIsSubmittedAgain() {
        loseTheAnswerAfter(SLOW);
        loop.advance(EconomyTimes.standard().certain().minusSeconds(1));
        assertThat(submitted).hasSize(1);

        loop.advance(Duration.ofMinutes(1));

        assertThat(submitted).hasSize(2);
        assertThat(log).contains("part 0 (1 requests, cloud): the vendor does not have it; submitting it");
    }

    @Test
    void everyAttemptIsDoubtedFromItsOwnFailureOn() {
        loseTheAnswerAfter(SLOW);
        loop.advance(SLOW);
        assertThat(submitted).hasSize(2);
        submitted.get(1).completeExceptionally(new IOException("504"));

        loop.advance(EconomyTimes.standard().certain().minusSeconds(1));

        assertThat(submitted).hasSize(2);
    }

    /** A vendor whose answers come when the test gives them, and which shows what the test says. */
    private final class ScriptedApi implements BatchApi {
        @Override
        public int maxRequests() {
            return 1;
        }

        @Override
        public long maxBytes() {
            return 1;
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(1);
        }

        @Override
        public long bytes(RequestLine request) {
            return 1;
        }

        @Override
        public String group(RequestLine request) {
            return "";
        }

        @Override
        public Optional<String> refusal(RequestLine request) {
            return Optional.empty();
        }

        @Override
        public String key(Part part, int number, RequestLine request) {
            return "r" + number;
        }

        @Override
        public void write(Part part, Requests requests, Path file) throws IOException {
            Files.createFile(file);
        }

        @Override
        public CompletableFuture<String> submit(Part part, Path file) {
            submitted.add(new CompletableFuture<>());
            return submitted.get(submitted.size() - 1);
        }

        @Override
        public CompletableFuture<Search> find(Part part, Set<String> others, Path scratch) {
            return CompletableFuture.completedFuture(shown);
        }

        @Override
        public CompletableFuture<VendorBatch> look(String vendorBatch) {
            throw new AssertionError("nobody looks");
        }

        @Override
        public CompletableFuture<Void> download(String result, Path file) {
            throw new AssertionError("nobody fetches");
        }

        @Override
        public LineResult read(byte[] line) {
            throw new AssertionError("nobody reads");
        }

        @Override
        public CompletableFuture<Void> cancel(String vendorBatch) {
            throw new AssertionError("nobody cancels");
        }
    }
}
