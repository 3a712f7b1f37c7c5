package io.github.batchferry.provider.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final Instant NOW = Instant.parse("2026-01-15T09:30:00Z");

    @TempDir
    private Path folder;

    private Path state;
    private Path system;
    private Staging staging;

    @BeforeEach
    void prepare() throws Exception {
        state = folder.resolve(".ferry");
        system = Files.createDirectory(folder.resolve("system"));
        staging = new Staging(state, system);
    }

    @Test
    void filesAreMadeInTheStateFolderOnceThereIsOne() throws Exception {
        assertThat(staging.file("requests", ".jsonl")).hasParent(system);
        assertThat(state).doesNotExist();
        Files.createDirectory(state);

        Path file = staging.file("requests", ".jsonl");

        assertThat(file).hasParent(state.resolve("tmp")).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(state.resolve("tmp/.gitignore")).hasContent("*");
    }

    @Test
    void whatAKilledClientLeftIsSweptAfterADay() throws Exception {
        Files.createDirectory(state);
        Path old = aged(staging.file("requests", ".jsonl"), 25);
        Path young = aged(staging.file("requests", ".jsonl"), 23);
        Path scratch = Files.createDirectories(state.resolve("tmp/git-1/objects"));
        Files.writeString(scratch.resolve("pack"), "x");
        aged(scratch.getParent(), 25);
        Path inSystem = aged(Files.createFile(system.resolve("ferry-cached-1.jsonl")), 25);
        Path strangers = aged(Files.createFile(system.resolve("ferry-timetable.txt")), 25);

        staging.sweep(NOW);

        assertThat(old).doesNotExist();
        assertThat(scratch.getParent()).doesNotExist();
        assertThat(inSystem).doesNotExist();
        assertThat(young).exists();
        assertThat(strangers).exists();
        assertThat(state.resolve("tmp/.gitignore")).exists();
    }

    @Test
    void aLinkIsRemovedAndNotFollowed() throws Exception {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.writeString(precious.resolve("letter"), "dear");
        aged(precious, 100);
        Path link = Files.createDirectories(state.resolve("tmp")).resolve("git-link");
        Files.createSymbolicLink(link, precious);

        staging.sweep(NOW);

        assertThat(precious.resolve("letter")).hasContent("dear");
    }

    private static Path aged(Path file, int hours) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(hours))));
    }
}
