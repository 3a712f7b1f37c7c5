package io.github.batchferry.provider.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.problem.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    private static final String ENTRY = "  - name: %s\n    provider: github-actions\n    repo: a/b\n";

    @TempDir
    Path directory;

    @Test
    void findsTheFileBesideThePromptsBeforeTheOneInTheStateFolder() throws Exception {
        Files.createDirectories(directory.resolve(".ferry"));
        write(".ferry/targets.yaml", "inner");
        assertThat(Targets.load(directory, Optional.empty()).find("inner").name())
                .isEqualTo("inner");
        write("targets.yaml", "outer");
        assertThat(Targets.load(directory, Optional.empty()).find("outer").name())
                .isEqualTo("outer");
        assertThat(Targets.load(directory, Optional.of(".ferry/targets.yaml"))
                        .find("inner")
                        .name())
                .isEqualTo("inner");
    }

    @Test
    void theEmbeddedTargetAlwaysExists() throws Exception {
        assertThat(Targets.load(directory, Optional.empty()).find("local")).isEqualTo(Target.Embedded.standard());
        write("targets.yaml", "cloud");
        assertThat(Targets.load(directory, Optional.empty()).find("local")).isEqualTo(Target.Embedded.standard());
    }

    @Test
    void theFileMayDefineTheEmbeddedTargetAnew() throws Exception {
        Files.writeString(
                directory.resolve("targets.yaml"),
                "targets:\n  - name: local\n    provider: local-github\n    vendor: echo\n");
        assertThat(Targets.load(directory, Optional.empty()).find("local").vendor())
                .contains("echo");
    }

    @Test
    void anUnknownTargetIsAnsweredWithThoseThatAreDefined() throws Exception {
        write("targets.yaml", "a", "b");
        Targets targets = Targets.load(directory, Optional.empty());
        assertThatThrownBy(() -> targets.find("cloud"))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessage("unknown target `cloud`; targets.yaml defines: a, b, local");
    }

    @Test
    void withoutAFileOnlyTheEmbeddedTargetIsDefined() throws Exception {
        Targets targets = Targets.load(directory, Optional.empty());
        assertThatThrownBy(() -> targets.find("cloud"))
                .hasMessage("unknown target `cloud`; there is no targets.yaml here, so only `local` is defined");
    }

    @Test
    void aTargetOfAnotherToolIsNotOurs() throws Exception {
        Files.writeString(directory.resolve("targets.yaml"), "targets:\n  - name: base\n    provider: azure\n");
        Targets targets = Targets.load(directory, Optional.empty());
        assertThatThrownBy(() -> targets.find("base"))
                .hasMessage("target `base` of targets.yaml has provider `azure`; expected github-actions or"
                        + " local-github");
    }

    @Test
    void aFileThatCannotBeReadIsInvalidInput() throws Exception {
        assertThatThrownBy(() -> Targets.load(directory, Optional.of("mine.yaml")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("mine.yaml: no such file");
        assertThatThrownBy(() -> Targets.load(directory, Optional.of(".")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(".: is a directory");
        Files.write(directory.resolve("targets.yaml"), "targets: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Targets.load(directory, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("targets.yaml: not a text in UTF-8");
    }

    private void write(String file, String... names) throws Exception {
        StringBuilder yaml = new StringBuilder("targets:\n");
        for (String name : names) {
            yaml.append(ENTRY.formatted(name));
        }
        Files.writeString(directory.resolve(file), yaml);
    }
}
