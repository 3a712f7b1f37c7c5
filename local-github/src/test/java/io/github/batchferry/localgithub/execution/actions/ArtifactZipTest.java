package io.github.batchferry.localgithub.execution.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactZipTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"../out", "in/../../out", "/out", "in/../../unpacked-not/out"})
    void nothingIsUnpackedOutsideOfTheFolder(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(1);
        }

        assertThatThrownBy(() -> ArtifactZip.unpack(
                        new ByteArrayInputStream(bytes.toByteArray()), folder.resolve("unpacked"), () -> {}))
                .isInstanceOf(ActionFailedException.class)
                .hasMessageContaining("`" + name + "` lies outside of it");
        assertThat(folder).isDirectoryNotContaining("glob:**/{out,unpacked-not}");
    }

    @Test
    void whatIsUnpackedIsForTheSameUsersAsAnyOtherNewFile() throws Exception {
        Path plain = Files.createFile(folder.resolve("plain"));
        new ArtifactZip(Map.of("plain", plain)).write(folder.resolve("zip"), 6, () -> {});

        ArtifactZip.unpack(Files.newInputStream(folder.resolve("zip")), folder.resolve("unpacked"), () -> {});

        assertThat(Files.getPosixFilePermissions(folder.resolve("unpacked/plain")))
                .isEqualTo(Files.getPosixFilePermissions(plain));
        assertThat(folder.resolve("unpacked")).isDirectoryNotContaining("glob:**/.download*");
    }

    @Test
    void packingAndUnpackingStopsWhenTheStepDoes() throws IOException {
        Path large = folder.resolve("large");
        byte[] content = new byte[1 << 20];
        new Random(1).nextBytes(content);
        Files.write(large, content);
        ArtifactZip zip = new ArtifactZip(Map.of("large", large));
        Runnable stop = () -> {
            throw new IllegalStateException("stopped");
        };

        assertThatThrownBy(() -> zip.write(folder.resolve("zip"), 6, stop)).hasMessage("stopped");
        zip.write(folder.resolve("zip"), 6, () -> {});
        assertThatThrownBy(() -> ArtifactZip.unpack(
                        Files.newInputStream(folder.resolve("zip")), folder.resolve("unpacked"), stop))
                .hasMessage("stopped");
        assertThat(folder.resolve("unpacked/large")).doesNotExist();
    }
}
