package io.github.batchferry.provider.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.provider.targets.AppAccess;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Savings;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Waiting;
import io.github.batchferry.provider.targets.Waiting.OnTimeout;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.CommitSha;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-01-15T09:30:00.123Z");
    private static final CommitSha COMMIT = new CommitSha("0123456789012345678901234567890123456789");
    private static final Target GITHUB = new Target.GitHubActions(
            "cloud",
            GitHubServer.ofApi(URI.create("https://ghe.example/api/v3")),
            new RepositorySlug("myorg", "eval-runner"),
            "run-evals.yml",
            Optional.of("main"),
            "eval-results",
            Optional.of(Duration.ofMillis(2500)),
            Duration.ofMinutes(10),
            Optional.of("MY_TOKEN"),
            Optional.of("openai"),
            new Spread(OptionalInt.of(3), OptionalInt.empty(), Continuation.RUNNER),
            Optional.of(new BigDecimal("2.50")),
            new Savings(true, true),
            new Handover(true, true),
            Optional.of(new AppAccess("123", OptionalLong.of(77), Optional.empty(), Optional.of("keys/app.pem"))),
            new Waiting(OnTimeout.CANCEL, Optional.of(Duration.ofMinutes(20))));
    private static final Target LOCAL = new Target.Embedded(
            "local",
            Optional.of(URI.create("http://127.0.0.1:11434/v1")),
            "eval-results",
            Optional.empty(),
            Duration.ofHours(1),
            Optional.empty());

    @TempDir
    private Path folder;

    private final List<DamagedBatch> damaged = new ArrayList<>();

    private Journal journal;

    @BeforeEach
    void newJournal() {
        journal = new Journal(folder.resolve(".ferry"));
    }

    @Test
    void aBatchIsFoundByAnotherClientAsItWasWritten() throws Exception {
        BatchJournal written = create("20260115-093000-aaaaaa", GITHUB, "x\n");

        BatchJournal found =
                new Journal(folder.resolve(".ferry")).find(written.id()).orElseThrow();

        assertThat(found.manifest()).isEqualTo(written.manifest());
        assertThat(found.target()).isEqualTo(GITHUB);
        assertThat(found.requests()).hasContent("x\n");
        assertThat(found.progress()).isEqualTo(BatchProgress.replay(List.of(new JournalEvent.Prepared(NOW, GITHUB))));
    }

    @Test
    void nothingIsMadeBeforeTheFirstBatch() throws Exception {
        assertThat(journal.listing().batches()).isEmpty();
        assertThat(journal.find(new BatchId("20260115-093000-aaaaaa"))).isEmpty();
        assertThat(unfinished("", GITHUB)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void batchesAreListedNewestFirstAndStrangersAreSkipped() throws Exception {
        create("20260115-093000-aaaaaa", GITHUB, "x\n");
        create("20260116-093000-aaaaaa", LOCAL, "y\n");
        Files.createDirectories(journal.directory().resolve(".new-20260117-093000-aaaaaa"));
        Files.createDirectories(journal.directory().resolve("notes"));

        assertThat(journal.listing().batches())
                .extracting(b -> b.id().value())
                .containsExactly("20260116-093000-aaaaaa", "20260115-093000-aaaaaa");
    }

    @Test
    void promptsAreForTheirOwnerOnly() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", GITHUB, "x\n");
        batch.lock().close();

        try (Stream<Path> all = Files.walk(batch.directory())) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
        assertThat(journal.directory().resolve(".gitignore")).hasContent("*");
    }

    @Test
    void everyEventSurvivesTheDisk() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        List<JournalEvent> events = List.of(
                new JournalEvent.Retries(NOW, new BatchId("20260114-093000-aaaaaa")),
                new JournalEvent.Resubmitted(NOW, GITHUB),
                new JournalEvent.Delivered(NOW, Optional.empty()),
                new JournalEvent.Delivered(NOW, Optional.of(COMMIT)),
                new JournalEvent.Dispatching(NOW, 17),
                new JournalEvent.Refused(NOW, "no `run-evals.yml`"),
                new JournalEvent.Dispatched(NOW, OptionalLong.empty(), Optional.empty()),
                new JournalEvent.Dispatched(NOW, OptionalLong.of(1L << 40), Optional.of("https://x/1")),
                new JournalEvent.Restarted(NOW, 1),
                new JournalEvent.Continued(NOW, 1L << 40),
                new JournalEvent.RunLost(NOW, 1L << 41),
                new JournalEvent.Collected(
                        NOW, Optional.of(COMMIT), List.of(new CustomId("d")), List.of(new CustomId("ü\""))),
                new JournalEvent.Collected(
                        NOW, Optional.empty(), List.of(), List.of(), Optional.of(Sha256.of(new byte[0]))));

        try (LockedBatch locked = batch.lock()) {
            for (JournalEvent event : events) {
                locked.append(event);
            }
        }

        assertThat(new EventLog(batch.directory().resolve(BatchJournal.EVENTS)).read())
                .startsWith(new JournalEvent.Prepared(NOW, LOCAL))
                .endsWith(events.toArray(JournalEvent[]::new))
                .hasSize(events.size() + 1);
    }

    @Test
    void aRefusedDispatchIsAsIfItHadNeverBeenTried() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        try (LockedBatch locked = batch.lock()) {
            locked.append(new JournalEvent.Delivered(NOW, Optional.empty()));
            BatchProgress before = locked.progress();
            locked.append(new JournalEvent.Dispatching(NOW, 17));
            assertThat(locked.progress().dispatching()).isPresent();
            locked.append(new JournalEvent.Refused(NOW, "no"));

            assertThat(locked.progress()).isEqualTo(before);
        }
    }

    @Test
    void anEventCutOffByAKillCountsAsNotWritten() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        Path log = batch.directory().resolve(BatchJournal.EVENTS);
        String whole = Files.readString(log);
        byte[] next =
                JournalEventCodec.write(new JournalEvent.Dispatched(NOW, OptionalLong.of(5), Optional.of("https://x")));

        for (int cut = 1; cut <= next.length; cut++) {
            Files.writeString(log, whole + new String(next, 0, cut, UTF_8));
            assertThat(batch.progress().dispatched()).isEmpty();

            try (LockedBatch locked = batch.lock()) {
                locked.append(new JournalEvent.Delivered(NOW, Optional.of(COMMIT)));
            }
            assertThat(batch.progress().dispatched()).isEmpty();
            assertThat(batch.progress().delivered()).isPresent();
        }
    }

    @Test
    void aBrokenEventIsNamedWithItsPlace() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        Path log = batch.directory().resolve(BatchJournal.EVENTS);
        Files.writeString(log, "{\"event\":\"flown\",\"at\":\"2026-01-15T09:30:00Z\"}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(batch::progress)
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read `" + log
                        + "` line 2: event `flown` was written by a newer ferry; update this one to work with the batch;"
                        + " move the folder of the batch away to go on without it");
    }

    @Test
    void twoClientsCannotWriteToOneBatch() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        try (LockedBatch first = batch.lock()) {
            assertThatThrownBy(batch::lock)
                    .isInstanceOf(BatchInUseException.class)
                    .hasMessage("batch `20260115-093000-aaaaaa` is in use by another ferry process");
            assertThat(first.progress()).isEqualTo(batch.progress());
        }
        batch.lock().close();
    }

    @Test
    void theNewestBatchWithTheSameRequestsAndTargetIsFoundUnlessItIsFinished() throws Exception {
        create("20260115-093000-aaaaaa", LOCAL, "x\n");
        create("20260116-093000-aaaaaa", LOCAL, "x\n");
        create("20260117-093000-aaaaaa", LOCAL, "other\n");
        create("20260118-093000-aaaaaa", GITHUB, "x\n");
        assertThat(unfinished("x\n", LOCAL)).contains(new BatchId("20260116-093000-aaaaaa"));

        BatchJournal fresh = create("20260119-093000-aaaaaa", LOCAL, "x\n");
        try (LockedBatch locked = fresh.lock()) {
            locked.append(new JournalEvent.Collected(NOW, Optional.of(COMMIT), List.of(), List.of()));
        }

        assertThat(unfinished("x\n", LOCAL)).isEmpty();
        assertThat(unfinished("x\n", GITHUB)).contains(new BatchId("20260118-093000-aaaaaa"));
        assertThat(damaged).isEmpty();
    }

    @Test
    void aDamagedBatchIsListedWithTheReasonAndKeepsNoOtherFromBeingFound() throws Exception {
        BatchJournal sound = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        Path events = create("20260116-093000-aaaaaa", LOCAL, "x\n").directory().resolve(BatchJournal.EVENTS);
        Files.writeString(events, "no event\n");
        Path manifest =
                create("20260117-093000-aaaaaa", LOCAL, "y\n").directory().resolve("batch.json");
        Files.delete(manifest);
        Path other =
                create("20260118-093000-aaaaaa", LOCAL, "other\n").directory().resolve(BatchJournal.EVENTS);
        Files.writeString(other, "");

        JournalListing listing = journal.listing();

        assertThat(listing.batches()).extracting(BatchJournal::id).containsExactly(sound.id());
        assertThat(listing.damaged())
                .extracting(batch -> batch.id().value())
                .containsExactly("20260118-093000-aaaaaa", "20260117-093000-aaaaaa", "20260116-093000-aaaaaa");
        assertThat(listing.damaged())
                .extracting(DamagedBatch::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .isEqualTo("cannot read `" + other
                                        + "`: the first event does not say that the batch was prepared; move the folder of"
                                        + " the batch away to go on without it"),
                        reason -> assertThat(reason)
                                .isEqualTo("`" + manifest
                                        + "` is missing; move the folder of the batch away to go on without it"),
                        reason -> assertThat(reason).startsWith("cannot read `" + events + "` line 1: "));
        assertThat(unfinished("x\n", LOCAL)).contains(sound.id());
        // what is known to hold other requests is no reason for a word
        assertThat(damaged)
                .extracting(batch -> batch.id().value())
                .containsExactly("20260117-093000-aaaaaa", "20260116-093000-aaaaaa");
    }

    private Optional<BatchId> unfinished(String requests, Target target) throws IOException {
        damaged.clear();
        return journal.findUnfinished(Sha256.of(requests.getBytes(UTF_8)), target, damaged::add)
                .map(BatchJournal::id);
    }

    private BatchJournal create(String id, Target target, String requests) throws IOException {
        Path file = Files.createTempFile(folder, "requests", ".jsonl");
        Files.writeString(file, requests);
        BatchManifest manifest = new BatchManifest(
                new BatchId(id),
                NOW,
                1,
                requests.length(),
                Sha256.of(requests.getBytes(UTF_8)),
                target.vendor(),
                "ferry/test");
        BatchJournal batch = journal.create(manifest, target, file, NOW);
        assertThat(file).doesNotExist();
        return batch;
    }

    @Test
    void aSecondAttemptOfTheSameProcessLeavesTheLockInPlaceForOthers() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        Path lock = batch.directory().resolve("lock");
        try (LockedBatch first = batch.lock()) {
            assertThatThrownBy(() -> journal.find(batch.id()).orElseThrow().lock())
                    .isInstanceOf(BatchInUseException.class);
            try (LockProbe other = LockProbe.on(lock)) {
                assertThat(other.locked()).isFalse();
            }
            first.append(new JournalEvent.Delivered(NOW, Optional.empty()));
        }
        try (LockProbe other = LockProbe.on(lock)) {
            assertThat(other.locked()).isTrue();
            assertThatThrownBy(batch::lock).isInstanceOf(BatchInUseException.class);
        }
        batch.lock().close();
    }

    @Test
    void aBatchThatAnotherProcessUsesIsNotRemoved() throws Exception {
        BatchJournal batch = create("20260115-093000-aaaaaa", LOCAL, "x\n");
        batch.lock().close();
        try (LockProbe other = LockProbe.on(batch.directory().resolve("lock"))) {
            assertThat(other.locked()).isTrue();

            assertThatThrownBy(() -> journal.remove(batch.id())).isInstanceOf(BatchInUseException.class);
            assertThat(batch.progress().prepared().target()).isEqualTo(LOCAL);
        }
        journal.remove(batch.id());

        assertThat(journal.find(batch.id())).isEmpty();
        assertThat(journal.listing()).isEqualTo(new JournalListing(List.of(), List.of()));
        assertThatThrownBy(batch::lock).hasMessage("batch `" + batch.id() + "` was removed by another client");
    }

    @Test
    void onlyOneProcessAtATimeLooksForABatchAndWritesOneDown() throws Exception {
        Files.createDirectories(journal.directory());
        CompletableFuture<String> step;
        try (LockProbe other = LockProbe.on(journal.directory().resolve(".lock"))) {
            assertThat(other.locked()).isTrue();
            step = CompletableFuture.supplyAsync(() -> exclusively("done"));
            assertThatThrownBy(() -> step.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
        assertThat(step.get(20, TimeUnit.SECONDS)).isEqualTo("done");
    }

    private String exclusively(String result) {
        try {
            return journal.exclusively(() -> result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
