package io.github.batchferry.github.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.github.Dispatched;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.github.RunLook;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FakeGitHubTest {
    private static final Map<String, String> INPUTS = Map.of("batch_id", "20260115-093000-k3p7qa");

    private final FakeGitHub github = new FakeGitHub();

    private long dispatch() throws GitHubException {
        return ((Dispatched.Run) github.dispatch("run-evals.yml", "main", INPUTS)).runId();
    }

    private WorkflowRun look(long runId) throws GitHubException {
        return ((RunLook.Changed) github.run(runId, Optional.empty())).run();
    }

    @Test
    void aDispatchBecomesAQueuedRunWithTheBatchInItsName() throws Exception {
        long first = dispatch();
        long second = dispatch();

        assertThat(second).isGreaterThan(first);
        assertThat(look(first).status()).isEqualTo("queued");
        assertThat(look(first).displayTitle()).isEqualTo("llm-batch 20260115-093000-k3p7qa");
        assertThat(github.runs("run-evals.yml", 1)).extracting(WorkflowRun::id).containsExactly(second, first);
        assertThat(github.runs("other.yml", 1)).isEmpty();
        assertThat(github.dispatches()).first().isEqualTo(new FakeDispatch(first, "run-evals.yml", "main", INPUTS));
    }

    @Test
    void aDispatchWhoseAnswerIsLostHasItsRun() throws Exception {
        github.loseNextDispatchAnswer();

        assertThatThrownBy(this::dispatch).isInstanceOf(GitHubUnreachableException.class);
        assertThat(github.dispatches()).hasSize(1);
        assertThat(github.runs("run-evals.yml", 1)).hasSize(1);
        dispatch();
    }

    @Test
    void aDispatchThatFailsHasNone() throws Exception {
        github.failNextDispatch(new GitHubException("cannot start workflow", 422));

        assertThatThrownBy(this::dispatch).hasMessage("cannot start workflow");
        assertThat(github.runs("run-evals.yml", 1)).isEmpty();
    }

    @Test
    void olderServersDoNotNameTheRun() throws Exception {
        github.answerUnnamed(true);
        github.hideNewestRun(1);

        assertThat(github.dispatch("run-evals.yml", "main", INPUTS)).isEqualTo(new Dispatched.Unnamed());
        assertThat(github.runs("run-evals.yml", 1)).isEmpty();
        assertThat(github.runs("run-evals.yml", 1)).hasSize(1);
    }

    @Test
    void theRunnerOfATestWorksBeforeTheAnswer() throws Exception {
        github.onDispatch(dispatch -> github.finish(dispatch.runId(), "success"));

        assertThat(look(dispatch()).succeeded()).isTrue();
    }

    @Test
    void aLookIsUnchangedUntilTheRunMoves() throws Exception {
        long run = dispatch();
        Optional<String> etag = ((RunLook.Changed) github.run(run, Optional.empty())).etag();

        assertThat(github.run(run, etag)).isEqualTo(new RunLook.Unchanged());
        github.setStatus(run, "in_progress");
        assertThat(github.run(run, etag)).isInstanceOf(RunLook.Changed.class);
        assertThat(github.looks()).isEqualTo(3);
    }

    @Test
    void looksAndListsFailAsOftenAsTold() throws Exception {
        long run = dispatch();
        github.failNextLooks(1, new GitHubException("cannot read run", 500));
        github.failNextLists(1, new GitHubException("cannot list runs", 500));

        assertThatThrownBy(() -> look(run)).hasMessage("cannot read run");
        assertThatThrownBy(() -> github.runs("run-evals.yml", 1)).hasMessage("cannot list runs");
        assertThat(look(run).id()).isEqualTo(run);
        assertThatThrownBy(() -> look(1)).isInstanceOf(GitHubNotFoundException.class);
    }

    @Test
    void aRunThatIgnoresCancellingIsCancelledByForce() throws Exception {
        long run = dispatch();
        github.ignoreCancel(true);
        github.cancel(run);
        assertThat(look(run).completed()).isFalse();

        github.forceCancel(run);
        assertThat(look(run).conclusion()).contains("cancelled");
        github.cancel(run);
        assertThat(github.cancelRequests()).containsExactly(run, run);
    }

    @Test
    void aFinishedRunIsStartedAgainAsAnotherAttempt() throws Exception {
        long run = dispatch();
        assertThatThrownBy(() -> github.rerun(run)).hasMessageContaining("already running");
        github.finish(run, "failure");
        List<FakeDispatch> reruns = new ArrayList<>();
        github.onRerun(reruns::add);

        github.rerun(run);

        assertThat(look(run).attempt()).isEqualTo(2);
        assertThat(look(run).status()).isEqualTo("queued");
        assertThat(look(run).conclusion()).isEmpty();
        assertThat(reruns).extracting(FakeDispatch::inputs).containsExactly(INPUTS);
    }

    @Test
    void factsOfTheRepositoryAreAsPut() throws Exception {
        long run = dispatch();
        WorkflowJob job = new WorkflowJob(5, "Answer the batch", "completed", Optional.of("failure"), List.of());
        github.setDefaultBranch("trunk");
        github.putFile(".ferry/vendors.yaml", "vendors:".getBytes(StandardCharsets.UTF_8));
        github.setJobs(run, List.of(job));
        github.setJobLog(5, List.of("one", "two", "three"));

        assertThat(github.defaultBranch()).isEqualTo("trunk");
        assertThat(github.file(".ferry/vendors.yaml")).isPresent();
        assertThat(github.file("other")).isEmpty();
        assertThat(github.jobs(run)).containsExactly(job);
        assertThat(github.jobLogTail(5, 2)).containsExactly("two", "three");
        assertThat(github.jobLogTail(6, 2)).isEmpty();
    }
}
