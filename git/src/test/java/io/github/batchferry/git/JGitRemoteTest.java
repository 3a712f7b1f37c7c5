package io.github.batchferry.git;

import static io.github.batchferry.git.Contents.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JGitRemoteTest extends GitRemoteClaims {
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

    @Override
    GitRemote remote() {
        return remote;
    }

    private GitRemote at(URI url) {
        return new JGitRemote(url, Optional.empty(), scratch, Duration.ofSeconds(10), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void aNewBranchBeginsWithACommitWithoutParents() throws Exception {
        String commit;
        String second;
        try (BranchWriter writer = remote.write(BRANCH)) {
            assertThat(writer.tip()).isNull();
            commit = writer.commit(List.of(file("requests.jsonl", "one\n"), file("deep/er/batch.json", "{}")), "Add");
            assertThat(writer.tip()).isEqualTo(commit);
            second = writer.commit(List.of(file("summary.json", "{}")), "End");
        }

        RevCommit found = server.commit(commit);
        assertThat(found.getParentCount()).isZero();
        assertThat(found.getFullMessage()).isEqualTo("Add");
        assertThat(found.getCommitterIdent().toExternalString())
                .isEqualTo("Batchferry <batchferry@users.noreply.github.com> " + NOW.getEpochSecond() + " +0000");
        assertThat(found.getAuthorIdent()).isEqualTo(found.getCommitterIdent());
        assertThat(server.commit(second).getParent(0)).isEqualTo(found);
        assertThat(remote.head(BRANCH)).contains(second);
        assertThat(Contents.of(remote, BRANCH))
                .isEqualTo(Map.of("requests.jsonl", "one\n", "deep/er/batch.json", "{}", "summary.json", "{}"));
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
