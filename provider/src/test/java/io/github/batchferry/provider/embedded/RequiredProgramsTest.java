package io.github.batchferry.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiredProgramsTest {
    @TempDir
    Path directory;

    @Test
    void namesTheProgramsThatAreNotOnThePath() throws Exception {
        Path bash = Files.createFile(directory.resolve("bash"));
        Map<String, String> environment = Map.of("PATH", "/nowhere::" + directory);

        assertThat(RequiredPrograms.missing(environment)).containsExactly("bash", "curl", "sha256sum");
        Files.setPosixFilePermissions(bash, PosixFilePermissions.fromString("rwx------"));
        assertThat(RequiredPrograms.missing(environment)).containsExactly("curl", "sha256sum");
        assertThat(RequiredPrograms.missing(Map.of())).containsExactly("bash", "curl", "sha256sum");
    }
}
