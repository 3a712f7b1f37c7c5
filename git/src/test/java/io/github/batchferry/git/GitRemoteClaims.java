package io.github.batchferry.git;

import static io.github.batchferry.git.Contents.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every {@link GitRemote}, the stand-in for tests included. */
abstract class GitRemoteClaims {
    static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");

    abstract GitRemote remote();

    @Test
    void laterCommitsKeepEarlierFiles() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            String first = writer.commit(List.of(file("a", "1"), file("b", "1")), "first");
            String second = writer.commit(List.of(file("b", "2"), file("c", "2")), "second");

            assertThat(second).isNotEqualTo(first).matches("[0-9a-f]{40}");
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "1", "b", "2", "c", "2"));
    }

    @Test
    void aSecondWriterGoesOnWhereTheFirstEnded() throws Exception {
        String first;
        try (BranchWriter writer = remote().write(BRANCH)) {
            first = writer.commit(List.of(file("parts/1.jsonl", "x")), "first");
        }
        try (BranchWriter writer = remote().write(BRANCH)) {
            assertThat(writer.tip()).isEqualTo(first);
            writer.commit(List.of(file("parts/2.jsonl", "y")), "second");
            writer.commit(List.of(file("summary.json", "{}")), "third");
        }
        assertThat(Contents.of(remote(), BRANCH))
                .isEqualTo(Map.of("parts/1.jsonl", "x", "parts/2.jsonl", "y", "summary.json", "{}"));
    }

    @Test
    void theSameFilesAndDateMakeTheSameCommitAgain() throws Exception {
        Instant date = Instant.parse("2026-01-15T09:30:00.123Z");
        String first = dated(date, "1");
        remote().delete(BRANCH);
        String other = dated(date, "2");
        remote().delete(BRANCH);
        String later = dated(date.plusSeconds(1), "1");
        remote().delete(BRANCH);

        assertThat(dated(date, "1")).isEqualTo(first).isNotEqualTo(other).isNotEqualTo(later);
    }

    private String dated(Instant date, String text) throws Exception {
        try (BranchWriter writer = remote().write(BRANCH, date)) {
            return writer.commit(List.of(file("a", text)), "dated");
        }
    }

    @Test
    void smallFilesComeWithoutLargeOnes() throws Exception {
        assertThat(remote().fetchSmallFiles(BRANCH)).isEmpty();
        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(List.of(file("large", "x".repeat(GitRemote.SMALL_BYTES + 1)), file("small", "1")), "first");
        }

        try (BranchSnapshot snapshot = remote().fetchSmallFiles(BRANCH).orElseThrow()) {
            assertThat(snapshot.paths()).containsExactly("large", "small");
            assertThat(snapshot.open("small").readAllBytes()).asString().isEqualTo("1");
        }
    }

    @Test
    void namesOfFilesAreKnownWithoutTheirContents() throws Exception {
        assertThat(remote().names(BRANCH)).isEmpty();
        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(List.of(file("b", "2"), file("a/x.jsonl", "1")), "first");
        }

        assertThat(remote().names(BRANCH)).contains(List.of("a/x.jsonl", "b"));
    }

    @Test
    void aWriterWhoseBranchMovedIsRefused() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH);
                BranchWriter other = remote().write(BRANCH)) {
            other.commit(List.of(file("a", "other")), "other");

            assertThatThrownBy(() -> writer.commit(List.of(file("a", "mine")), "mine"))
                    .isInstanceOf(BranchMovedException.class)
                    .hasMessageContaining("`" + BRANCH + "`");
            other.commit(List.of(file("b", "other")), "still the owner");
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "other", "b", "other"));
    }

    @Test
    void aNewBranchIsMadeWithoutALookAtTheServer() throws Exception {
        try (BranchWriter writer = remote().create(BRANCH)) {
            assertThat(writer.tip()).isNull();
            writer.commit(List.of(file("a", "1")), "first");
            writer.commit(List.of(file("b", "2")), "second");
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void aBranchThatWasThoughtToBeNewIsLeftAlone() throws Exception {
        try (BranchWriter owner = remote().write(BRANCH)) {
            owner.commit(List.of(file("a", "other")), "other");
        }
        try (BranchWriter writer = remote().create(BRANCH)) {
            assertThatThrownBy(() -> writer.commit(List.of(file("b", "mine")), "mine"))
                    .isInstanceOf(BranchMovedException.class);
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "other"));
    }

    @Test
    void aWriterWhoseBranchWasDeletedIsRefused() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(List.of(file("a", "1")), "first");
            remote().delete(BRANCH);

            assertThatThrownBy(() -> writer.commit(List.of(file("a", "2")), "second"))
                    .isInstanceOf(BranchMovedException.class);
        }
        assertThat(remote().head(BRANCH)).isEmpty();
    }

    @Test
    void theVerySameCommitOfSomebodyElseIsNotTakenForOnesOwn() throws Exception {
        try (BranchWriter one = remote().write(BRANCH);
                BranchWriter two = remote().write(BRANCH)) {
            one.commit(List.of(file("a", "same")), "same");

            assertThatThrownBy(() -> two.commit(List.of(file("a", "same")), "same"))
                    .isInstanceOf(BranchMovedException.class);
        }
    }

    @Test
    void aBranchThatIsNotThereIsEmptyAndNotAnError() throws Exception {
        assertThat(remote().head(BRANCH)).isEmpty();
        assertThat(remote().fetch(BRANCH)).isEmpty();
        remote().delete(BRANCH);
    }

    @Test
    void aSnapshotStaysAsItWasFetched() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            String first = writer.commit(List.of(file("a", "1")), "first");
            try (BranchSnapshot snapshot = remote().fetch(BRANCH).orElseThrow()) {
                writer.commit(List.of(file("a", "2")), "second");

                assertThat(snapshot.commit()).isEqualTo(first);
                assertThat(Contents.of(snapshot)).isEqualTo(Map.of("a", "1"));
                assertThatThrownBy(() -> snapshot.open("b")).isInstanceOf(NoSuchFileException.class);
            }
        }
    }

    @Test
    void manyFilesTravelInOneCommit() throws Exception {
        List<BranchFile> files = IntStream.range(0, 2_000)
                .mapToObj(i -> file("parts/%02d/%04d.jsonl".formatted(i % 50, i), "line " + i))
                .toList();
        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(files, "many");
        }
        try (BranchSnapshot snapshot = remote().fetch(BRANCH).orElseThrow();
                InputStream last = snapshot.open("parts/49/1999.jsonl")) {
            assertThat(snapshot.paths()).hasSize(2_000).isSorted();
            assertThat(last).hasContent("line 1999");
        }
    }

    @Test
    void aFileTakesThePlaceOfAFolder() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(List.of(file("a/b", "1"), file("c", "1")), "folder a, file c");
            writer.commit(List.of(file("a", "2"), file("c/d", "2")), "file a, folder c");
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "2", "c/d", "2"));
    }

    @Test
    void impossibleCommitsAreRefusedBeforeAnythingIsSent() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            assertThatThrownBy(() -> writer.commit(List.of(), "none")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1"), file("a", "2")), "twice"))
                    .hasMessage("file `a` comes twice in a commit");
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1"), file("a/b", "2")), "both"))
                    .hasMessage("`a` is both a file and a folder in a commit");
        }
        assertThat(remote().head(BRANCH)).isEmpty();
    }

    @Test
    void aFileThatChangesWhileItIsCommittedIsNamed() throws Exception {
        BranchFile shorter = new BranchFile("grown.jsonl", 3, () -> InputStream.nullInputStream());
        BranchFile longer = new BranchFile("grown.jsonl", 0, file("x", "1234").content());
        BranchFile gone = new BranchFile("grown.jsonl", 1, () -> {
            throw new NoSuchFileException("/away");
        });
        try (BranchWriter writer = remote().write(BRANCH)) {
            for (BranchFile file : List.of(shorter, longer, gone)) {
                assertThatThrownBy(() -> writer.commit(List.of(file), "add"))
                        .isInstanceOf(GitException.class)
                        .hasMessageContaining("`grown.jsonl`")
                        .hasMessageContaining("`" + BRANCH + "`");
            }
        }
        assertThat(remote().head(BRANCH)).isEmpty();
    }

    @Test
    void nothingIsSentBeforeTheFirstCommit() throws Exception {
        remote().write(BRANCH).close();

        assertThat(remote().head(BRANCH)).isEmpty();
    }

    @Test
    void ofTwoWritersThatRaceForANewBranchExactlyOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<Boolean>> races = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> wins("writer " + i, start)))
                    .toList();
            List<Boolean> won = new ArrayList<>();
            for (Future<Boolean> race : races) {
                won.add(race.get());
            }
            assertThat(won).containsOnlyOnce(true);
        } finally {
            threads.shutdownNow();
        }
        assertThat(Contents.of(remote(), BRANCH)).hasSize(1);
    }

    private boolean wins(String name, CyclicBarrier start) throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            start.await();
            writer.commit(List.of(file(name, "x")), name);
            return true;
        } catch (BranchMovedException e) {
            return false;
        }
    }
}
