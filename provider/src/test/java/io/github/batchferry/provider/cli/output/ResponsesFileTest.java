package io.github.batchferry.provider.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponsesFileTest {
    @TempDir
    Path directory;

    private Path responses;

    @BeforeEach
    void prepare() throws Exception {
        responses = Files.writeString(directory.resolve("responses.jsonl"), "{}\n");
        Files.setPosixFilePermissions(responses, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void replacesAFileAndLeavesNothingBeside() throws Exception {
        Path file = Files.writeString(directory.resolve("out.jsonl"), "old");

        assertThat(at(file).take(responses)).contains("mine");
        assertThat(file).hasContent("{}");
        assertThat(names()).containsExactlyInAnyOrder("responses.jsonl", "out.jsonl");
    }

    @Test
    void hasThePermissionsOfAnyOtherFileOfTheUserNotThoseOfTheJournal() throws Exception {
        Path ordinary = Files.createFile(directory.resolve("ordinary"));
        Path file = directory.resolve("out.jsonl");
        at(file).take(responses);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void followsALinkInsteadOfReplacingIt() throws Exception {
        Path file = Files.writeString(directory.resolve("real.jsonl"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.jsonl"), file);
        at(link).take(responses);

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("{}");
    }

    @Test
    void writesIntoAPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> read(pipe));

        assertThat(at(pipe).hindrance()).isEmpty();
        at(pipe).take(responses);
        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo("{}\n");
    }

    @Test
    void findsOutBeforehandWhatCannotBeWritten() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(at(directory).hindrance()).contains("is a directory");
        assertThat(at(directory.resolve("missing/out")).hindrance()).contains("its directory does not exist");
        assertThat(at(file.resolve("out")).hindrance()).contains("its directory cannot be written to");
        assertThat(at(directory.resolve("out")).hindrance()).isEmpty();
        assertThat(names()).as("asking leaves nothing behind").containsExactlyInAnyOrder("responses.jsonl", "file");
    }

    private static ResponsesFile at(Path path) {
        return new ResponsesFile("mine", path);
    }

    private Iterable<String> names() throws Exception {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String read(Path pipe) {
        try {
            return Files.readString(pipe);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFileForItsOwnerOnlyStaysOne() throws Exception {
        Path file = Files.writeString(directory.resolve("out.jsonl"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        at(file).take(responses);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void nothingRemainsOfAHalfWrittenFileOfAnEarlierProcess() throws Exception {
        Path file = directory.resolve("out.jsonl");
        Files.writeString(
                directory.resolve(".out.jsonl." + ProcessHandle.current().pid() + ".part"), "long and stale");
        at(file).take(responses);

        assertThat(file).hasContent("{}");
    }
}
