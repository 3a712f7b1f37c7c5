package io.github.batchferry.github;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the client asks of GitHub Actions while a batch is dispatched and watched, for one repository. Failures are
 * {@link GitHubException}s that say what to do about them.
 */
public interface ActionsApi {
    /**
     * Starts a workflow. Not idempotent: when the answer is lost ({@link GitHubUnreachableException}), look for the run
     * before trying again.
     *
     * @param workflow file name in {@code .github/workflows}, such as {@code run-evals.yml}
     * @param ref branch or tag whose copy of the workflow runs
     * @param inputs the workflow's inputs, 65,535 characters of JSON in all
     */
    Dispatched dispatch(String workflow, String ref, Map<String, String> inputs) throws GitHubException;

    /**
     * Looks at a run, conditionally: with the ETag of an earlier look an unchanged run costs nothing of the rate limit.
     */
    RunLook run(long runId, Optional<String> etag) throws GitHubException;

    /**
     * A page of a workflow's runs, newest first, 100 a page, unfiltered: filters go through an index that lags.
     *
     * @param page counted from 1
     */
    List<WorkflowRun> runs(String workflow, int page) throws GitHubException;

    /** The jobs of the latest attempt of a run, the first hundred. */
    List<WorkflowJob> jobsOf(long runId) throws GitHubException;

    /** What a run with the status {@code waiting} waits for. */
    List<PendingDeployment> pendingDeployments(long runId) throws GitHubException;

    /**
     * The state of a workflow, such as {@code active} or {@code disabled_manually}; empty if the default branch has no such
     * file.
     */
    Optional<String> workflowState(String workflow) throws GitHubException;

    /** What the repository is; empty if there is none or the token may not see it. */
    Optional<RepositoryFacts> repositoryFacts() throws GitHubException;

    /** Whether a branch or tag has a file. */
    boolean hasFile(String path, String ref) throws GitHubException;

    /** What is left of the rate limit, by the last answer; empty before one, and from servers without limits. */
    default Optional<Quota> quota() {
        return Optional.empty();
    }

    /** Asks a run to stop; a run that is already over is left alone. */
    void cancel(long runId) throws GitHubException;

    /** Stops a run that ignored {@link #cancel}. */
    void forceCancel(long runId) throws GitHubException;

    /** The artifacts of that name which a run uploaded, also those that have expired; the newest first. */
    List<RunArtifact> artifacts(long runId, String name) throws GitHubException;

    /**
     * Downloads an artifact as the zip it is kept as, within ten minutes. Its digest is for the caller to check.
     *
     * @param file where it goes; replaced if it is there
     * @throws GitHubException with status 410 if it has expired
     */
    void download(RunArtifact artifact, Path file) throws GitHubException;

    /** Runs all jobs of a finished run again: same run id, {@code run_attempt} plus one. */
    void rerun(long runId) throws GitHubException;
}
