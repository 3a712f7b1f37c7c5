package io.github.batchferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;

/** The jar that every job downloads. */
class BatchRunnerJarTest {
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int JAVA_17 = 61;

    private static JarInputStream jar() throws IOException {
        return new JarInputStream(new ByteArrayInputStream(RunnerRepositoryFiles.batchRunnerJar()));
    }

    private static List<String> entries() throws IOException {
        List<String> names = new ArrayList<>();
        try (JarInputStream jar = jar()) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void isSmallEnoughForEveryJobToDownload() {
        assertThat(RunnerRepositoryFiles.batchRunnerJar().length).isBetween(1, MAX_BYTES);
    }

    @Test
    void startsByItself() throws IOException {
        try (JarInputStream jar = jar()) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.github.batchferry.runner.Main");
            assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isNotBlank();
        }
        assertThat(entries()).contains("io/github/batchferry/runner/Main.class");
    }

    @Test
    void bringsItsVendors() throws IOException {
        assertThat(entries()).contains("META-INF/services/io.github.batchferry.runner.vendor.VendorAdapter");
    }

    @Test
    void carriesNothingOfTheClient() throws IOException {
        assertThat(entries())
                .hasSizeGreaterThan(1000)
                .noneMatch(name -> name.startsWith("picocli/") || name.startsWith("org/kohsuke/"))
                .noneMatch(name -> name.startsWith("io/github/batchferry/provider/")
                        || name.startsWith("io/github/batchferry/github/"));
    }

    @Test
    void runsOnJava17() throws IOException {
        try (JarInputStream jar = jar()) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/versions/")) {
                    byte[] head = jar.readNBytes(8);
                    assertThat(head[6] << 8 | head[7] & 0xff)
                            .as(entry.getName())
                            .isLessThanOrEqualTo(JAVA_17);
                }
            }
        }
    }
}
