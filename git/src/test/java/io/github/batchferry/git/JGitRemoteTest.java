package io.github.batchferry.git;

import static io.github.batchferry.git.Contents.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JGitRemoteTest {
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");
    private static final Instant NOW = Instant.parse("2026-01-15T09:30:00Z");

    @TempDir
    Path folder;

    private BareRepository server;
    private Path scratch;
    private GitRemote remote;

    @BeforeEach
    void serve() throws IOException {
        server = BareRepository.create(folder.resolve("server.git"));
        scratch = folder.resolve("made/if/need/be");
        remote = at(server.fileUrl());
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        if (Files.exists(scratch)) {
            try (Stream<Path> left = Files.walk(scratch)) {
                assertThat(left).containsExactly(scratch);
            }
        }
    }

    private GitRemote at(URI url) {
        return new JGitRemote(url, Optional.empty(), scratch, Duration.ofSeconds(10), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void aNewBranchBeginsWithACommitWithoutParents() throws Exception {
        String commit;
        try (BranchWriter writer = remote.write(BRANCH)) {
            assertThat(writer.tip()).isNull();
            commit = writer.commit(List.of(file("requests.jsonl", "one\n"), file("deep/er/batch.json", "{}")), "Add");
            assertThat(writer.tip()).isEqualTo(commit);
        }

        RevCommit found = server.commit(commit);
        assertThat(found.getParentCount()).isZero();
        assertThat(found.getFullMessage()).isEqualTo("Add");
        assertThat(found.getCommitterIdent().toExternalString())
                .isEqualTo("Batchferry <batchferry@users.noreply.github.com> 1768469400 +0000"
                        .replace("1768469400", String.valueOf(NOW.getEpochSecond())));
        assertThat(found.getAuthorIdent()).isEqualTo(found.getCommitterIdent());
        assertThat(remote.head(BRANCH)).contains(commit);
        assertThat(Contents.of(remote, BRANCH))
                .isEqualTo(Map.of("requests.jsonl", "one\n", "deep/er/batch.json", "{}"));
    }

    @Test
    void nothingIsSentBeforeTheFirstCommit() throws Exception {
        remote.write(BRANCH).close();

        assertThat(server.refs()).isEmpty();
    }

    @Test
    void laterCommitsKeepEarlierFiles() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH)) {
            String first = writer.commit(List.of(file("a", "1"), file("b", "1")), "first");
            String second = writer.commit(List.of(file("b", "2"), file("c", "2")), "second");

            assertThat(server.commit(second).getParent(0).name()).isEqualTo(first);
        }
        assertThat(Contents.of(remote, BRANCH)).isEqualTo(Map.of("a", "1", "b", "2", "c", "2"));
    }

    @Test
    void aSecondWriterGoesOnWhereTheFirstEnded() throws Exception {
        String first;
        try (BranchWriter writer = remote.write(BRANCH)) {
            first = writer.commit(List.of(file("parts/1.jsonl", "x")), "first");
        }
        try (BranchWriter writer = remote.write(BRANCH)) {
            assertThat(writer.tip()).isEqualTo(first);
            writer.commit(List.of(file("parts/2.jsonl", "y")), "second");
            writer.commit(List.of(file("summary.json", "{}")), "third");
        }
        assertThat(Contents.of(remote, BRANCH))
                .isEqualTo(Map.of("parts/1.jsonl", "x", "parts/2.jsonl", "y", "summary.json", "{}"));
    }

    @Test
    void aWriterWhoseBranchMovedIsRefused() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH);
                BranchWriter other = remote.write(BRANCH)) {
            other.commit(List.of(file("a", "other")), "other");

            assertThatThrownBy(() -> writer.commit(List.of(file("a", "mine")), "mine"))
                    .isInstanceOf(BranchMovedException.class)
                    .hasMessageContaining("`" + BRANCH + "`");
            other.commit(List.of(file("b", "other")), "still the owner");
        }
        assertThat(Contents.of(remote, BRANCH)).isEqualTo(Map.of("a", "other", "b", "other"));
    }

    @Test
    void aWriterWhoseBranchWasDeletedIsRefused() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH)) {
            writer.commit(List.of(file("a", "1")), "first");
            remote.delete(BRANCH);

            assertThatThrownBy(() -> writer.commit(List.of(file("a", "2")), "second"))
                    .isInstanceOf(BranchMovedException.class);
        }
        assertThat(server.refs()).isEmpty();
    }

    @Test
    void theVerySameCommitOfSomebodyElseIsNotTakenForOnesOwn() throws Exception {
        try (BranchWriter one = remote.write(BRANCH);
                BranchWriter two = remote.write(BRANCH)) {
            one.commit(List.of(file("a", "same")), "same");

            assertThatThrownBy(() -> two.commit(List.of(file("a", "same")), "same"))
                    .isInstanceOf(BranchMovedException.class);
        }
    }

    @Test
    void aBranchThatIsNotThereIsEmptyAndNotAnError() throws Exception {
        assertThat(remote.head(BRANCH)).isEmpty();
        assertThat(remote.fetch(BRANCH)).isEmpty();
        remote.delete(BRANCH);
    }

    @Test
    void oneBranchIsDeletedAndItsNeighbourStays() throws Exception {
        BranchName neighbour = new BranchName(BRANCH + "-2");
        for (BranchName branch : List.of(BRANCH, neighbour)) {
            try (BranchWriter writer = remote.write(branch)) {
                writer.commit(List.of(file("a", "1")), "add");
            }
        }
        remote.delete(BRANCH);

        assertThat(server.refs()).containsExactly(neighbour.ref());
    }

    @Test
    void aSnapshotStaysAsItWasFetched() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH)) {
            String first = writer.commit(List.of(file("a", "1")), "first");
            try (BranchSnapshot snapshot = remote.fetch(BRANCH).orElseThrow()) {
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
        try (BranchWriter writer = remote.write(BRANCH)) {
            writer.commit(files, "many");
        }
        try (BranchSnapshot snapshot = remote.fetch(BRANCH).orElseThrow();
                InputStream last = snapshot.open("parts/49/1999.jsonl")) {
            assertThat(snapshot.paths()).hasSize(2_000).isSorted();
            assertThat(last).hasContent("line 1999");
        }
    }

    @Test
    void aFileTakesThePlaceOfAFolder() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH)) {
            writer.commit(List.of(file("a/b", "1"), file("c", "1")), "folder a, file c");
            writer.commit(List.of(file("a", "2"), file("c/d", "2")), "file a, folder c");
        }
        assertThat(Contents.of(remote, BRANCH)).isEqualTo(Map.of("a", "2", "c/d", "2"));
    }

    @Test
    void impossibleCommitsAreRefusedBeforeAnythingIsSent() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH)) {
            assertThatThrownBy(() -> writer.commit(List.of(), "none")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1"), file("a", "2")), "twice"))
                    .hasMessage("file `a` comes twice in a commit");
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1"), file("a/b", "2")), "both"))
                    .hasMessage("`a` is both a file and a folder in a commit");
        }
        assertThat(server.refs()).isEmpty();
    }

    @Test
    void aFileThatChangesWhileItIsCommittedIsNamed() throws Exception {
        BranchFile shorter = new BranchFile("grown.jsonl", 3, () -> InputStream.nullInputStream());
        BranchFile longer = new BranchFile("grown.jsonl", 0, file("x", "1234").content());
        BranchFile gone = new BranchFile("grown.jsonl", 1, () -> {
            throw new NoSuchFileException("/away");
        });
        try (BranchWriter writer = remote.write(BRANCH)) {
            for (BranchFile file : List.of(shorter, longer, gone)) {
                assertThatThrownBy(() -> writer.commit(List.of(file), "add"))
                        .isInstanceOf(GitException.class)
                        .hasMessageContaining("`grown.jsonl`")
                        .hasMessageContaining("`" + BRANCH + "`");
            }
        }
        assertThat(server.refs()).isEmpty();
    }

    @Test
    void aRepositoryThatIsNotThereIsNamed() {
        URI nowhere = folder.resolve("nowhere.git").toUri();

        assertThatThrownBy(() -> at(nowhere).head(BRANCH))
                .isInstanceOf(GitException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining(BRANCH.value());
    }

    @Test
    void anAddressWithAPasswordIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> at(URI.create("https://user:hunter2@github.example/o/r.git")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }
}
