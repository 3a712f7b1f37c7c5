package io.github.batchferry.github;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Facts about a repository by as few calls as they need; github-api, whose classes take their time to load, is only made for
 * the details of a failed run. Thread-safe if the supplier is.
 */
public final class LeanRepositoryApi implements RepositoryApi {
    private final HttpActionsClient client;
    private final RepositorySlug repository;
    private final Supplier<RepositoryApi> details;

    /** @param details makes what knows jobs and logs, or gives the one it made before */
    public LeanRepositoryApi(HttpActionsClient client, RepositorySlug repository, Supplier<RepositoryApi> details) {
        this.client = client;
        this.repository = repository;
        this.details = details;
    }

    @Override
    public String defaultBranch() throws GitHubException {
        return existing().defaultBranch();
    }

    @Override
    public Optional<byte[]> file(String path) throws GitHubException {
        Optional<byte[]> file = client.file(path);
        if (file.isEmpty()) {
            // a repository that is not there has no file either, and says so better
            existing();
        }
        return file;
    }

    private RepositoryFacts existing() throws GitHubException {
        Optional<RepositoryFacts> facts = client.repositoryFacts();
        if (facts.isEmpty()) {
            throw new GitHubNotFoundException(
                    "cannot find repository `" + repository + "`: not there, or the token may not see it");
        }
        return facts.get();
    }

    @Override
    public List<WorkflowJob> jobs(long runId) throws GitHubException {
        return details.get().jobs(runId);
    }

    @Override
    public List<String> jobLogTail(long jobId, int lines) throws GitHubException {
        return details.get().jobLogTail(jobId, lines);
    }
}
