package io.github.batchferry.provider.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositoryApi;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.provider.batch.TestTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedRepositoryTest {
    private static final String VENDORS = ".ferry/vendors.yaml";

    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final Asked asked = new Asked();

    @Test
    void anotherProcessNeedNotAskAgainForTenMinutes() throws Exception {
        assertThat(repository("one").defaultBranch()).isEqualTo("main");
        assertThat(repository("one").file(VENDORS)).map(String::new).contains("vendors: [é]");
        time.await(Duration.ofMinutes(9));

        assertThat(repository("one").defaultBranch()).isEqualTo("main");
        assertThat(repository("one").file(VENDORS))
                .map(file -> new String(file, UTF_8))
                .contains("vendors: [é]");

        assertThat(asked.questions).containsExactly("branch", VENDORS);
        time.await(Duration.ofMinutes(1));
        repository("one").defaultBranch();
        assertThat(asked.questions).hasSize(3);
    }

    @Test
    void whatIsForgottenIsAskedForAgain() throws Exception {
        assertThat(repository("one").forget()).isFalse();
        repository("one").defaultBranch();

        assertThat(repository("one").forget()).isTrue();

        repository("one").defaultBranch();
        assertThat(asked.questions).hasSize(2);
    }

    @Test
    void eachRepositoryIsRememberedByItself() throws Exception {
        repository("one").defaultBranch();
        repository("two").defaultBranch();

        assertThat(asked.questions).hasSize(2);
    }

    @Test
    void aFileThatIsNotThereMayAppearAtAnyMoment() throws Exception {
        asked.file = Optional.empty();
        assertThat(repository("one").file(VENDORS)).isEmpty();
        asked.file = Optional.of("later".getBytes(UTF_8));

        assertThat(repository("one").file(VENDORS)).isPresent();
    }

    @Test
    void memoryThatCannotBeReadOrWrittenIsDoneWithout() throws Exception {
        repository("one").defaultBranch();
        Path memory = Files.list(state.resolve("known")).findFirst().orElseThrow();
        Files.writeString(memory, "{");
        assertThat(repository("one").defaultBranch()).isEqualTo("main");

        Path blocked = Files.writeString(state.resolve("file"), "");
        RepositoryApi without =
                new RememberedRepository(blocked, GitHubServer.GITHUB_COM, new RepositorySlug("o", "r"), asked, time);
        assertThat(without.defaultBranch()).isEqualTo("main");
    }

    private RepositoryApi repository(String name) {
        return new RememberedRepository(state, GitHubServer.GITHUB_COM, new RepositorySlug("myorg", name), asked, time);
    }

    /** Keeps what it was asked. */
    private static final class Asked implements RepositoryApi {
        private final List<String> questions = new ArrayList<>();
        private Optional<byte[]> file = Optional.of("vendors: [é]".getBytes(UTF_8));

        @Override
        public String defaultBranch() {
            questions.add("branch");
            return "main";
        }

        @Override
        public Optional<byte[]> file(String path) {
            questions.add(path);
            return file;
        }

        @Override
        public List<WorkflowJob> jobs(long runId) throws GitHubException {
            return List.of();
        }

        @Override
        public List<String> jobLogTail(long jobId, int lines) {
            return List.of();
        }
    }
}
