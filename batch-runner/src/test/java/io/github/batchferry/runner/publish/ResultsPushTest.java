package io.github.batchferry.runner.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchMovedException;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.testing.InMemoryGitRemote;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsPushTest {
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");

    private final InMemoryGitRemote remote = new InMemoryGitRemote();

    /** A file that cannot be read the first time. */
    private static final class Unreadable implements BranchFile.Content {
        // Mutable state
        private boolean failed;

        @Override
        public InputStream open() throws IOException {
            if (!failed) {
                failed = true;
                throw new IOException("input/output error");
            }
            return new ByteArrayInputStream(new byte[] {1});
        }
    }

    @Test
    void aBranchThatWasPreparedIsAsNewAsItWas() throws Exception {
        try (ResultsPush push = new ResultsPush(remote, BRANCH, Optional.empty())) {
            push.prepare();
            push.prepare();
            push.push(List.of(BranchFile.of("part", new byte[] {1})), "first");
            push.prepare();
            push.push(List.of(BranchFile.of("part-2", new byte[] {2})), "second");
        }
        assertThat(remote.messages(BRANCH)).containsExactly("first", "second");
    }

    @Test
    void aBranchThatSomebodyElseMadeMeanwhileIsLeftAlone() throws Exception {
        try (ResultsPush push = new ResultsPush(remote, BRANCH, Optional.empty())) {
            push.prepare();
            remote.put(BRANCH, Map.of("part", new byte[] {2}));

            assertThatThrownBy(() -> push.push(List.of(BranchFile.of("part", new byte[] {1})), "mine"))
                    .isInstanceOf(BranchMovedException.class);
        }
        assertThat(remote.read(BRANCH, "part")).contains(new byte[] {2});
    }

    @Test
    void whatIsOnTheBranchAlreadyNeedsNoPush() throws Exception {
        try (ResultsPush push = new ResultsPush(remote, BRANCH, Optional.empty())) {
            push.prepare();
            remote.put(BRANCH, Map.of("part", new byte[] {1}));

            push.push(List.of(BranchFile.of("part", new byte[] {1})), "again");
        }
        assertThat(remote.pushes()).isZero();
    }

    @Test
    void nothingIsPutOnABranchOfSomebodyElseThatCouldNotBeComparedAtFirst() {
        remote.put(BRANCH, Map.of("part", new byte[] {2}));
        List<BranchFile> files = List.of(new BranchFile("part", 1, new Unreadable()));

        try (ResultsPush push = new ResultsPush(remote, BRANCH, Optional.empty())) {
            assertThatThrownBy(() -> push.push(files, "first")).hasMessageContaining("input/output error");
            assertThatThrownBy(() -> push.push(files, "second")).isInstanceOf(BranchMovedException.class);
        }
        assertThat(remote.read(BRANCH, "part")).contains(new byte[] {2});
    }
}
