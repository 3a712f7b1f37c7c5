package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.localgithub.store.StateInUseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTest {
    @TempDir
    Path state;

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(file)));
    }

    @Test
    void theTokenAndTheSecretsAreForTheirOwnerOnlyAndSurvive() throws IOException {
        String token;
        try (LocalGitHub github = LocalGitHub.at(state).start()) {
            token = github.token();
            github.setSecret("o", "r", "B_2", "two");
            github.setSecret("o", "r", "_A", "one");
            github.setSecret("o", "r", "C", "three");
            github.deleteSecret("o", "r", "C");
            github.deleteSecret("o", "r", "NEVER");
        }

        try (LocalGitHub github = LocalGitHub.at(state).start()) {
            assertThat(github.token()).isEqualTo(token).startsWith("ghp_").hasSize(40);
            assertThat(github.secretNames("o", "r")).containsExactly("B_2", "_A");
            assertThat(github.secretNames("o", "other")).isEmpty();
        }
        assertThat(permissions("token")).isEqualTo("rw-------");
        assertThat(permissions("secrets/o/r.json")).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower", "1A", "A-B", "", "GITHUB_X", "A B", "../X"})
    void aSecretsNameIsGitHubs(String name) throws IOException {
        try (LocalGitHub github = LocalGitHub.at(state).start()) {
            assertThatThrownBy(() -> github.setSecret("o", "r", name, "v"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("invalid secret name `" + name + "`");
            assertThat(github.secretNames("o", "r")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "", "x.git", "a b"})
    void aRepositorysNameIsGitHubs(String name) throws IOException {
        try (LocalGitHub github = LocalGitHub.at(state).start()) {
            assertThatThrownBy(() -> github.createRepository("o", name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> github.createRepository("../o", "r")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefusedTimeAndAgain() throws IOException {
        try (LocalGitHub github = LocalGitHub.at(state).start()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> LocalGitHub.at(state).start())
                        .isInstanceOfSatisfying(
                                StateInUseException.class,
                                e -> assertThat(e.holder())
                                        .hasValue(ProcessHandle.current().pid()))
                        .hasMessageContaining("stop it, or use another state directory");
            }
            assertThat(github.url().getHost()).isEqualTo("127.0.0.1");
        }
        LocalGitHub.at(state).start().close();
    }

    @Test
    void aSecondOneIsRefusedAlsoIfTheNoteOfTheFirstIsLost() throws IOException {
        try (LocalGitHub github = LocalGitHub.at(state).start()) {
            Files.delete(state.resolve("holder.json"));

            assertThatThrownBy(() -> LocalGitHub.at(state).start()).isInstanceOf(StateInUseException.class);

            assertThat(github.url().getHost()).isEqualTo("127.0.0.1");
        }
        LocalGitHub.at(state).start().close();
    }

    @Test
    void aTakenPortIsReportedAndTheDirectoryStaysFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() ->
                            LocalGitHub.at(state).port(taken.getLocalPort()).start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot use port " + taken.getLocalPort());
        }
        LocalGitHub.at(state).start().close();
    }

    @Test
    void withoutBashNothingStarts() {
        assertThatThrownBy(() -> LocalGitHub.at(state)
                        .environment(Map.of("PATH", state.toString()))
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("find no `bash` on the PATH");
    }

    @Test
    void creatingARepositoryAgainLeavesItAlone() throws IOException {
        try (Hub hub = new Hub(state).file("file", "content")) {
            hub.github.createRepository(Hub.OWNER, Hub.NAME);

            assertThat(hub.get(Hub.repository("/contents/file")).statusCode()).isEqualTo(200);
        }
    }
}
