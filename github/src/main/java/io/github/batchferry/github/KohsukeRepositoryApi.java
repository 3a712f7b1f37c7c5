package io.github.batchferry.github;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHWorkflowJob;
import org.kohsuke.github.GHWorkflowRun;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.authorization.AuthorizationProvider;

/** Facts about a repository through kohsuke's github-api, which neither sleeps nor repeats here. Thread-safe. */
public final class KohsukeRepositoryApi implements RepositoryApi {
    private final RepositorySlug repository;
    private final GitHubFailures failures;
    private final GitHub github;

    /**
     * @param server the GitHub
     * @param repository the runner repository
     * @param tokens asked before every request, so that it may be renewed
     * @param clock tells how long a rate limit lasts
     */
    public KohsukeRepositoryApi(GitHubServer server, RepositorySlug repository, TokenSource tokens, Clock clock) {
        this(server, repository, tokens, clock, ApiNetwork.usual());
    }

    /** @param deadline for each request, from sending to the last byte of the answer */
    public KohsukeRepositoryApi(
            GitHubServer server, RepositorySlug repository, TokenSource tokens, Clock clock, Duration deadline) {
        this(server, repository, tokens, clock, ApiNetwork.direct(deadline));
    }

    /** @param network how the server is reached */
    public KohsukeRepositoryApi(
            GitHubServer server, RepositorySlug repository, TokenSource tokens, Clock clock, ApiNetwork network) {
        UsedTokens used = new UsedTokens(tokens);
        AuthorizedHttp http = new AuthorizedHttp(server.apiUrl(), new GitHubHttp(network), used);
        this.repository = repository;
        this.failures = new GitHubFailures(used, clock);
        this.github = connect(server, new KohsukeConnector(http, failures));
    }

    private static GitHub connect(GitHubServer server, KohsukeConnector connector) {
        try {
            // without a token of its own, which the connector adds: those who have one ask GET /user, which the tokens
            // of
            // Actions and Apps may not
            return new GitHubBuilder()
                    .withEndpoint(server.apiUrl().toString())
                    .withConnector(connector)
                    .withAuthorizationProvider(AuthorizationProvider.ANONYMOUS)
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .build();
        } catch (IOException e) {
            // nothing is sent yet
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String defaultBranch() throws GitHubException {
        return ask(
                "find the default branch of `" + repository + "`",
                () -> repository().getDefaultBranch());
    }

    @Override
    public Optional<byte[]> file(String path) throws GitHubException {
        String task = "read file `" + path + "` of `" + repository + "`";
        GHRepository found = ask(task, this::repository);
        try {
            return Optional.of(ask(task, () -> {
                try (InputStream content = found.getFileContent(path).read()) {
                    return content.readAllBytes();
                }
            }));
        } catch (GitHubNotFoundException e) {
            return Optional.empty();
        } catch (GitHubAuthenticationException e) {
            if (e.status() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<WorkflowJob> jobs(long runId) throws GitHubException {
        return ask(
                "read the jobs of run " + runId + " of `" + repository + "`",
                () -> repository().getWorkflowRun(runId).listJobs().withPageSize(100).toList().stream()
                        .map(KohsukeRepositoryApi::job)
                        .toList());
    }

    @Override
    public List<String> jobLogTail(long jobId, int lines) throws GitHubException {
        String task = "read the log of job " + jobId + " of `" + repository + "`";
        GHWorkflowJob job = ask(task, () -> repository().getWorkflowJob(jobId));
        try {
            return ask(task, () -> job.downloadLogs(log -> LogTail.of(log, lines)));
        } catch (GitHubException e) {
            if (e.status() == 404 || e.status() == 410) {
                return List.of();
            }
            throw e;
        }
    }

    private GHRepository repository() throws IOException {
        return github.getRepository(repository.toString());
    }

    private static WorkflowJob job(GHWorkflowJob job) {
        return new WorkflowJob(
                job.getId(),
                job.getName(),
                word(job.getStatus()),
                conclusion(job.getConclusion()),
                job.getSteps().stream().map(KohsukeRepositoryApi::step).toList());
    }

    private static WorkflowJob.Step step(GHWorkflowJob.Step step) {
        return new WorkflowJob.Step(
                step.getNumber(), step.getName(), word(step.getStatus()), conclusion(step.getConclusion()));
    }

    private static Optional<String> conclusion(GHWorkflowRun.Conclusion conclusion) {
        return Optional.ofNullable(conclusion).map(KohsukeRepositoryApi::word);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private <T> T ask(String task, Question<T> question) throws GitHubException {
        try {
            return question.ask();
        } catch (IOException | GHException | UnsupportedOperationException e) {
            throw carried(e).orElseGet(() -> failures.unreadable(task, 0, e));
        }
    }

    private static Optional<GitHubException> carried(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof GitHubHttpException carrier) {
                return Optional.of(carrier.carried());
            }
        }
        return Optional.empty();
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }
}
