package io.github.batchferry.localgithub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
    private static final Path SCRIPT = Path.of("/tmp/a b.sh");

    @Test
    void aCommandIsCutIntoWordsAndGetsTheScript() throws StepFailedException {
        Shell shell = Shell.of(" perl  -e \"a  b\" --file={0} {0}x ");

        assertThat(shell.program()).isEqualTo("perl");
        assertThat(shell.arguments(SCRIPT)).containsExactly("-e", "a  b", "--file=/tmp/a b.sh", "/tmp/a b.shx");
        assertThat(Shell.of("bash -x {0}").arguments(SCRIPT)).containsExactly("-x", "/tmp/a b.sh");
    }

    @Test
    void knownShellsHaveTheirUsualArguments() throws StepFailedException {
        assertThat(Shell.of("bash").arguments(SCRIPT))
                .containsExactly("--noprofile", "--norc", "-e", "-o", "pipefail", "/tmp/a b.sh");
        assertThat(Shell.of("sh").arguments(SCRIPT)).containsExactly("-e", "/tmp/a b.sh");
        assertThat(Shell.of("python").extension()).isEqualTo(".py");
        assertThat(Shell.UNSPECIFIED.arguments(SCRIPT)).containsExactly("-e", "/tmp/a b.sh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"perl", "bash -x", "perl -e"})
    void aCommandWithoutTheScriptIsRefused(String shell) {
        assertThatThrownBy(() -> Shell.of(shell))
                .isInstanceOf(StepFailedException.class)
                .hasMessageStartingWith("Invalid shell option.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pwsh", "powershell", "cmd"})
    void theShellsOfWindowsAreRefusedByName(String shell) {
        assertThatThrownBy(() -> Shell.of(shell)).hasMessageContaining("does not support `shell: " + shell + "`");
    }
}
