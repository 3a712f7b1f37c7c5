package io.github.batchferry.localgithub.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final RepositoryName REPOSITORY = new RepositoryName("acme", "runner");
    private static final ArtifactOrigin ORIGIN = origin(7, 1);

    @TempDir
    Path state;

    private ArtifactStore store;

    @BeforeEach
    void load() throws IOException {
        store = loadAt(NOW);
    }

    private ArtifactStore loadAt(Instant now) throws IOException {
        return ArtifactStore.load(new StateDirectory(state), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static ArtifactOrigin origin(long run, int attempt) {
        return new ArtifactOrigin(REPOSITORY, run, 8L, attempt, "main", "abc");
    }

    private static InputStream zip(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String content(ArtifactStore from, ArtifactRecord artifact) throws IOException {
        try (InputStream in = from.open(artifact)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("artifacts"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsKeptIsFoundAgainAfterARestart() throws IOException {
        ArtifactRecord created = store.create(ORIGIN, "report", zip("content"), 5);

        assertThat(created.sizeInBytes()).isEqualTo(7);
        assertThat(created.digest())
                .isEqualTo("sha256:ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73");
        assertThat(created.createdAt()).isEqualTo(NOW);
        assertThat(created.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(5)));
        ArtifactStore again = loadAt(NOW);
        assertThat(again.find(created.id())).contains(created);
        assertThat(again.ofRun(7)).containsExactly(created);
        assertThat(again.ofRun(8)).isEmpty();
        assertThat(again.of(REPOSITORY)).containsExactly(created);
        assertThat(again.of(new RepositoryName("acme", "other"))).isEmpty();
        assertThat(content(again, created)).isEqualTo("content");
    }

    @Test
    void aNameIsTakenOnceForEachAttempt() throws IOException {
        ArtifactRecord first = store.create(ORIGIN, "report", zip("1"), 0);

        assertThatThrownBy(() -> store.create(ORIGIN, "report", zip("2"), 0))
                .isInstanceOf(ArtifactExistsException.class);
        ArtifactRecord second = store.create(origin(7, 2), "report", zip("2"), 0);
        store.create(origin(9, 1), "report", zip("3"), 0);
        assertThat(store.ofRun(7)).containsExactly(second, first);
    }

    @Test
    void anIdIsNeverGivenAgain() throws IOException {
        long id = store.create(ORIGIN, "report", zip("1"), 0).id();

        assertThat(store.delete(id)).isTrue();

        assertThat(store.delete(id)).isFalse();
        assertThat(store.find(id)).isEmpty();
        assertThat(files()).containsExactly("last-id");
        assertThat(loadAt(NOW).create(ORIGIN, "report", zip("1"), 0).id()).isGreaterThan(id);
    }

    @Test
    void anExpiredArtifactKeepsItsRecordAndLosesItsContent() throws IOException {
        ArtifactRecord artifact = store.create(ORIGIN, "report", zip("1"), 0);
        assertThat(artifact.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(90)));

        ArtifactStore dayBefore = loadAt(NOW.plus(Duration.ofDays(89)));
        assertThat(content(dayBefore, artifact)).isEqualTo("1");
        ArtifactStore later = loadAt(NOW.plus(Duration.ofDays(90)));

        assertThat(later.ofRun(7)).containsExactly(artifact);
        assertThatThrownBy(() -> later.open(artifact)).hasMessageContaining("has expired");
        assertThat(files()).containsExactly(artifact.id() + ".json", "last-id");
    }

    @Test
    void moreDaysThanAllowedAreCutDown() throws IOException {
        assertThat(store.create(ORIGIN, "report", zip("1"), 400).expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThatIllegalArgumentException().isThrownBy(() -> store.create(ORIGIN, "other", zip("1"), -1));
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };

        assertThatThrownBy(() -> store.create(ORIGIN, "report", broken, 0)).hasMessage("broken");

        assertThat(store.ofRun(7)).isEmpty();
        assertThat(state.resolve("artifacts")).isDirectoryNotContaining("glob:**.{new,zip,json}");
    }

    @Test
    void namesThatSomeFileSystemCannotHoldAreRefused() {
        for (String name : List.of("", "a/b", "a\\b", "a:b", "a*", "a\nb")) {
            assertThatIllegalArgumentException().as(name).isThrownBy(() -> store.create(ORIGIN, name, zip("1"), 0));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArtifactName.checkPath("a/b:c"))
                .withMessageContaining("Contains the following character: Colon :");
        ArtifactName.checkPath("a/b\\c");
    }
}
