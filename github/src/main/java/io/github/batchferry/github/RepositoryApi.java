package io.github.batchferry.github;

import java.util.List;
import java.util.Optional;

/** Facts about the runner repository and the details of a run that failed. */
public interface RepositoryApi {
    /** Name of the default branch. */
    String defaultBranch() throws GitHubException;

    /** Content of a file on the default branch, or empty if there is none or it may not be read. */
    Optional<byte[]> file(String path) throws GitHubException;

    /**
     * Has what was remembered of the default branch and its files asked for again.
     *
     * @return whether there was anything that may have been out of date
     */
    default boolean forget() {
        return false;
    }

    /** The jobs of the latest attempt of a run. */
    List<WorkflowJob> jobs(long runId) throws GitHubException;

    /** The last lines of a job's log, oldest first; empty if there is no log. */
    List<String> jobLogTail(long jobId, int lines) throws GitHubException;
}
