package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.provider.batch.DispatchRefusedException;
import io.github.batchferry.provider.batch.DispatchRefusedException.Reason;
import io.github.batchferry.provider.batch.DispatchUnsureException;
import io.github.batchferry.wire.BatchId;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorReportTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new GitHubNotFoundException("no workflow `run-evals.yml` in myorg/eval-runner"), 1, """
                        error: no workflow `run-evals.yml` in myorg/eval-runner
                        check repo, workflow and ref of the target, and that the token may see the repository"""),
                Arguments.of(
                        new GitHubRateLimitException("asked too often", 403, Duration.ofSeconds(90)),
                        1,
                        "error: asked too often\nGitHub takes requests again in 1 min 30 s"),
                Arguments.of(
                        new GitHubException("dispatching was refused (422): no such input", 422),
                        1,
                        "error: dispatching was refused (422): no such input"),
                Arguments.of(refused(Reason.PERMISSION), 4, "error: cannot dispatch: because"),
                Arguments.of(refused(Reason.REF), 2, "error: cannot dispatch: because"),
                Arguments.of(refused(Reason.WORKFLOW_DISABLED), 1, "error: cannot dispatch: because"),
                Arguments.of(
                        new DispatchUnsureException(new GitHubException("no answer", 0)),
                        8,
                        "error: cannot tell whether the dispatch arrived: no answer"),
                Arguments.of(new GitException("cannot push"), 1, "error: cannot push"),
                Arguments.of(new NoSuchFileException("/x/y"), 1, "error: no such file: `/x/y`"),
                Arguments.of(new AccessDeniedException("/x/y"), 1, "error: permission denied: `/x/y`"),
                Arguments.of(
                        new FileSystemException("/x/y", null, "No space left on device"),
                        1,
                        "error: /x/y: No space left on device"),
                Arguments.of(new IOException((String) null), 1, "error: IOException"));
    }

    private static Exception refused(Reason reason) {
        return new DispatchRefusedException(reason, "cannot dispatch: because", new GitHubException("no", 403));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureIsWordsAndACode(Exception failure, int exitCode, String text) {
        ErrorReport report = ErrorReport.of(failure);

        assertThat(report.exitCode()).isEqualTo(exitCode);
        assertThat(String.join("\n", report.lines())).isEqualTo(text);
    }

    @Test
    void aBatchThatWasWrittenDownCanBeResumed() {
        BatchId id = new BatchId("20260115-093000-k3p7qa");
        ErrorReport report = ErrorReport.of(new BatchStoppedException(id, new GitException("cannot push")));

        assertThat(report.lines()).containsExactly("error: cannot push", "go on with: ferry resume " + id);
    }

    @Test
    void whatAServerSendsCannotSteerTheTerminal() {
        assertThat(ErrorReport.of(new GitException("a\u001b[2Jb\u0007\nc")).lines())
                .containsExactly("error: ab?", "c");
    }
}
