package io.github.batchferry.git;

import static io.github.batchferry.git.Contents.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.testing.InMemoryGitRemote;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryGitRemoteTest extends GitRemoteClaims {
    private final InMemoryGitRemote remote = new InMemoryGitRemote();

    @Override
    GitRemote remote() {
        return remote;
    }

    @Test
    void whatWasPushedCanBeLookedAt() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH)) {
            writer.commit(List.of(file("a", "1")), "first");
            writer.commit(List.of(file("b/c", "2")), "second");
        }
        assertThat(remote.branches()).containsExactly(BRANCH.value());
        assertThat(remote.paths(BRANCH)).containsExactly("a", "b/c");
        assertThat(remote.read(BRANCH, "b/c")).hasValue(new byte[] {'2'});
        assertThat(remote.read(BRANCH, "d")).isEmpty();
        assertThat(remote.messages(BRANCH)).containsExactly("first", "second");
        assertThat(remote.pushes()).isEqualTo(2);
    }

    @Test
    void somebodyElsesCommitMovesTheBranch() throws Exception {
        try (BranchWriter writer = remote.write(BRANCH)) {
            remote.put(BRANCH, Map.of("a", new byte[] {'1'}));

            assertThatThrownBy(() -> writer.commit(List.of(file("b", "2")), "mine"))
                    .isInstanceOf(BranchMovedException.class);
        }
        assertThat(remote.pushes()).isZero();
    }

    @Test
    void callsFailAsOftenAsTold() throws Exception {
        remote.failNextCalls(2, new GitException("cannot reach the server"));
        assertThatThrownBy(() -> remote.head(BRANCH)).hasMessage("cannot reach the server");
        assertThatThrownBy(() -> remote.fetch(BRANCH)).hasMessage("cannot reach the server");
        assertThat(remote.head(BRANCH)).isEmpty();

        remote.failNextPushes(1, new GitException("cannot push"));
        try (BranchWriter writer = remote.write(BRANCH)) {
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1")), "add"))
                    .hasMessage("cannot push");
            writer.commit(List.of(file("a", "1")), "add");
        }
        assertThat(remote.paths(BRANCH)).containsExactly("a");
    }
}
