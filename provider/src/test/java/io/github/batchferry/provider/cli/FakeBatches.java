package io.github.batchferry.provider.cli;

import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.batch.Arrivals;
import io.github.batchferry.provider.batch.BatchListener;
import io.github.batchferry.provider.batch.BatchListing;
import io.github.batchferry.provider.batch.BatchPlan;
import io.github.batchferry.provider.batch.BatchRecord;
import io.github.batchferry.provider.batch.Batches;
import io.github.batchferry.provider.batch.Cancellation;
import io.github.batchferry.provider.batch.CollectedBatch;
import io.github.batchferry.provider.batch.NoSuchBatchException;
import io.github.batchferry.provider.batch.PrunePlan;
import io.github.batchferry.provider.batch.RunReport;
import io.github.batchferry.provider.batch.Submission;
import io.github.batchferry.provider.batch.Submitted;
import io.github.batchferry.provider.batch.VerifyReport;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.journal.DamagedBatch;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.Accounts;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One batch that goes the way a test scripts: how its run ends, what comes back, and what fails at which step. */
final class FakeBatches implements Batches {
    static final BatchId ID = new BatchId("20260115-093000-k3p7qa");
    static final URI RUN_URL = URI.create("https://github.com/myorg/eval-runner/actions/runs/7");
    static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    private final Path directory;

    // Mutable state, scripted by the test
    BatchListener listener = new BatchListener() {};
    Target target = Target.Embedded.standard();
    String status = "completed";
    Optional<String> conclusion = Optional.of("success");
    Optional<RunReport.Failure> failure = Optional.empty();
    boolean attached;
    Runnable onWatch = () -> {};
    boolean economy;
    long requests = 3;
    Map<ResponseStatus, Long> counts = Map.of(ResponseStatus.SUCCEEDED, 3L);
    List<CustomId> missing = List.of();
    Optional<BatchSummary> summary = Optional.empty();
    TokenUsage usage = new TokenUsage(1200, 340, 0, 0, 0);
    Optional<BigDecimal> cost = Optional.empty();
    Accounts accounts = Accounts.NONE;
    String errorCode = "connection_error";
    Exception failSubmit;
    Exception failStatus;
    Exception failWatch;
    Exception failRetry;
    Exception failPrune;
    Exception failVerify;
    List<VerifyReport.Check> checks = List.of(new VerifyReport.Check("requests", true, "sha-256 abc"));
    boolean empty;
    List<DamagedBatch> damaged = List.of();
    BatchPlan plan = new BatchPlan(
            target, 1500, 0, 123_456, 30_000, Optional.of(new BatchPlan.Delivered(true, 4321, 0)), 1, Optional.empty());

    // Mutable state, what happened
    final List<String> calls = new ArrayList<>();
    String submitted = "";
    boolean fresh;
    Submission submission;
    Optional<Duration> waited = Optional.empty();
    Optional<Arrivals> streamed = Optional.empty();
    boolean waitedForEnd;
    boolean forced;
    BatchRecord.Phase phase = BatchRecord.Phase.DISPATCHED;

    FakeBatches(Path directory) {
        this.directory = directory;
    }

    /** A failure as a run of the shipped workflow would have it. */
    static RunReport.Failure failedStep(String... log) {
        WorkflowJob.Step step = new WorkflowJob.Step(2, "Answer the requests", "completed", Optional.of("failure"));
        WorkflowJob job = new WorkflowJob(1, "Answer the batch", "completed", Optional.of("failure"), List.of(step));
        return new RunReport.Failure(Optional.of(job), Optional.of(step), List.of(log));
    }

    @Override
    public long validate(RequestSource source, Target to) throws IOException {
        calls.add("validate");
        take(source, to);
        return requests;
    }

    @Override
    public BatchPlan plan(RequestSource source, Target to, Submission how) throws IOException {
        calls.add("plan");
        take(source, to);
        submission = how;
        return plan;
    }

    @Override
    public Submitted submit(RequestSource source, Target to, Submission how) throws IOException {
        calls.add("submit");
        take(source, to);
        fresh = how.fresh();
        submission = how;
        if (!attached) {
            throwIf(failSubmit);
            listener.prepared(ID, requests);
            listener.delivered(ID, true, 1234);
            listener.dispatched(ID);
        }
        return new Submitted(ID, attached);
    }

    @Override
    public BatchRecord record(BatchId batch) throws NoSuchBatchException {
        requireKnown(batch);
        BatchManifest manifest = new BatchManifest(
                ID,
                Instant.parse("2026-01-15T09:30:00Z"),
                requests,
                100,
                Sha256.of(new byte[0]),
                target.vendor(),
                "ferry/test");
        return new BatchRecord(
                manifest,
                target,
                phase,
                OptionalLong.of(7),
                Optional.of(RUN_URL.toString()),
                Optional.empty(),
                directory);
    }

    @Override
    public BatchListing listing() throws IOException {
        try {
            return new BatchListing(empty ? List.of() : List.of(record(ID)), damaged);
        } catch (NoSuchBatchException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public RunReport status(BatchId batch) throws NoSuchBatchException {
        requireKnown(batch);
        calls.add("status");
        throwIf(failStatus);
        return report();
    }

    @Override
    public RunReport watch(BatchId batch, Optional<Duration> timeout, Optional<Arrivals> arrivals)
            throws NoSuchBatchException {
        streamed = arrivals;
        waited = timeout;
        requireKnown(batch);
        calls.add("watch");
        report().run().ifPresent(run -> listener.looked(batch, run));
        onWatch.run();
        throwIf(failWatch);
        return report();
    }

    @Override
    public CollectedBatch collect(BatchId batch) throws NoSuchBatchException, IOException {
        requireKnown(batch);
        calls.add("collect");
        long responses = counts.values().stream().mapToLong(Long::longValue).sum();
        phase = responses == requests ? BatchRecord.Phase.COLLECTED : phase;
        Path file = Files.writeString(
                Files.createDirectories(directory).resolve("responses.jsonl"),
                lines(counts).replace("connection_error", errorCode));
        listener.collected(batch, responses);
        return new CollectedBatch(
                batch,
                requests,
                counts,
                usage,
                summary,
                file,
                missing,
                requests - responses,
                List.of(),
                List.of(),
                responses == 0 ? Optional.empty() : Optional.of(COMMIT),
                "eval-results/" + batch);
    }

    @Override
    public Cancellation cancel(BatchId batch, boolean wait) throws NoSuchBatchException {
        waitedForEnd = wait;
        requireKnown(batch);
        calls.add("cancel");
        return new Cancellation(report().run(), economy, forced);
    }

    @Override
    public RunReport resume(BatchId batch, Optional<Duration> timeout, Optional<Arrivals> arrivals)
            throws NoSuchBatchException {
        streamed = arrivals;
        waited = timeout;
        requireKnown(batch);
        calls.add("resume");
        phase = BatchRecord.Phase.DISPATCHED;
        return report();
    }

    @Override
    public Submitted retryFailed(BatchId batch, Optional<BigDecimal> maxCostUsd) throws NoSuchBatchException {
        requireKnown(batch);
        calls.add("retryFailed " + maxCostUsd.map(BigDecimal::toString).orElse("-"));
        throwIf(failRetry);
        return new Submitted(ID, attached);
    }

    @Override
    public PrunePlan prunePlan(Instant before, boolean unfinished) throws IOException {
        calls.add("prunePlan " + before + " " + unfinished);
        return new PrunePlan(list(), unfinished ? damaged : List.of(), unfinished ? 0 : damaged.size());
    }

    @Override
    public void prune(BatchId batch, boolean remote) {
        calls.add("prune " + batch + " " + remote);
        throwIf(failPrune);
    }

    @Override
    public VerifyReport verify(BatchId batch, boolean remote) throws NoSuchBatchException {
        requireKnown(batch);
        calls.add("verify " + remote);
        throwIf(failVerify);
        return new VerifyReport(ID, checks);
    }

    private void take(RequestSource source, Target to) throws IOException {
        target = to;
        try (InputStream in = source.content().open()) {
            submitted = source.name() + ": " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private RunReport report() {
        WorkflowRun run = new WorkflowRun(
                7,
                1,
                "llm-batch " + ID,
                "workflow_dispatch",
                status,
                conclusion,
                Instant.parse("2026-01-15T09:30:01Z"),
                RUN_URL);
        return new RunReport(ID, Optional.of(run).filter(known -> !status.isEmpty()), failure);
    }

    private void requireKnown(BatchId batch) throws NoSuchBatchException {
        if (!batch.equals(ID)) {
            throw new NoSuchBatchException(batch, Path.of(".ferry/batches"));
        }
    }

    /** Throws as the caller's own: which exceptions a step may throw is the compiler's concern, not this fake's. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void throwIf(Exception e) throws E {
        if (e != null) {
            throw (E) e;
        }
    }

    /** The runner's last word: its summary. */
    void declareComplete() {
        Instant start = Instant.parse("2026-01-15T09:30:05Z");
        summary = Optional.of(new BatchSummary(
                ID,
                Sha256.of(new byte[0]),
                counts,
                List.of(),
                TokenUsage.NONE,
                cost,
                start,
                start.plusMillis(2500),
                7,
                1,
                "batch-runner/test",
                accounts));
    }

    /** Time-out of waiting. */
    void leaveRunning() {
        status = "in_progress";
        conclusion = Optional.empty();
        counts = Map.of();
    }

    /** The lines of a file of responses; those without success all have the same cause. */
    static String lines(Map<ResponseStatus, Long> counts) {
        StringBuilder lines = new StringBuilder();
        for (ResponseStatus status : ResponseStatus.values()) {
            for (long i = 0; i < counts.getOrDefault(status, 0L); i++) {
                lines.append(new String(
                                ResponseLineCodec.write(response(status, status + "-" + i)), StandardCharsets.UTF_8))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private static ResponseLine response(ResponseStatus status, String id) {
        return new ResponseLine(
                ResponseLine.idFor(ID, new CustomId(id)),
                new CustomId(id),
                Optional.empty(),
                status == ResponseStatus.SUCCEEDED
                        ? Optional.empty()
                        : Optional.of(new ResponseLine.Failure("connection_error", "nobody listens there")),
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "echo",
                "echo-1");
    }
}
