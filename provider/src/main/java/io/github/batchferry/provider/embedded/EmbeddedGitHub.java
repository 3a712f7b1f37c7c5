package io.github.batchferry.provider.embedded;

import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.faults.FaultRule;
import io.github.batchferry.localgithub.store.StateInUseException;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An embedded GitHub of this process with its one runner repository, in which the shipped workflow and batch runner are
 * installed. Closing it stops its runs after they saved what they have; they can be taken up again from the same state.
 */
public final class EmbeddedGitHub implements Closeable {
    /** The runner repository. */
    public static final RepositorySlug REPOSITORY = new RepositorySlug("local", "runner");

    /** Environment variable: a folder to write every call of the API and its answer to. */
    public static final String EXCHANGES = "FERRY_LOCAL_GITHUB_EXCHANGES";

    private final LocalGitHub github;
    private final Path state;

    private EmbeddedGitHub(LocalGitHub github, Path state) {
        this.github = github;
        this.state = state;
    }

    /**
     * Starts it with its runner repository, which answers offline.
     *
     * @param state folder of its repositories, runs and secrets; made if need be
     * @param port port on loopback, 0 for any free one; empty for the one it had the last time, if that is still free
     * @param environment where its steps find their programs; see {@link #EXCHANGES}
     * @throws EmbeddedUnavailableException if it cannot be started here, with what to do
     */
    public static EmbeddedGitHub start(Path state, OptionalInt port, Map<String, String> environment)
            throws EmbeddedUnavailableException {
        requirePrograms(environment);
        LocalGitHub.Builder builder = LocalGitHub.at(state).environment(environment);
        String exchanges = environment.getOrDefault(EXCHANGES, "");
        if (!exchanges.isEmpty()) {
            builder.recordExchanges(Path.of(exchanges));
        }
        try {
            LocalGitHub github =
                    port.isPresent() ? builder.port(port.getAsInt()).start() : new RememberedPort(state).start(builder);
            return new EmbeddedGitHub(github, state);
        } catch (StateInUseException e) {
            throw new EmbeddedUnavailableException(inUse(state, e), e);
        } catch (IOException e) {
            throw new EmbeddedUnavailableException("cannot start the embedded GitHub: " + e.getMessage(), e);
        }
    }

    /**
     * Installs workflow, batch runner and vendors in the runner repository, as far as they are not there already.
     *
     * @param openaiBaseUrl a server that answers as vendor {@code openai}; empty for the offline vendor alone
     */
    public void offer(Optional<URI> openaiBaseUrl) throws EmbeddedUnavailableException {
        try {
            github.createRepository(REPOSITORY.owner(), REPOSITORY.name());
            EmbeddedVendors vendors =
                    new EmbeddedVendors(openaiBaseUrl, github.secretNames(REPOSITORY.owner(), REPOSITORY.name()));
            github.commit(
                    REPOSITORY.owner(),
                    REPOSITORY.name(),
                    "Install the batch runner",
                    Map.of(
                            BatchFiles.WORKFLOW, RunnerRepositoryFiles.workflow(),
                            BatchFiles.RUNNER_JAR, RunnerRepositoryFiles.batchRunnerJar(),
                            BatchFiles.VENDORS, vendors.yaml().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new EmbeddedUnavailableException(
                    "cannot install the batch runner in the embedded GitHub: " + e.getMessage(), e);
        }
    }

    /** Lets calls go wrong from now on, for tests of clients. */
    public void disturb(List<FaultRule> faults) {
        faults.forEach(github.faults()::add);
    }

    /** Where it is reached. */
    public GitHubServer server() {
        return GitHubServer.ofApi(github.url());
    }

    /** A link to its pages for people; it works once, and the browser that follows it stays signed in. */
    public URI pageLink() {
        return github.pageLink();
    }

    /** The token that may do everything with it; the same over restarts. */
    public AccessToken token() {
        return new AccessToken(github.token());
    }

    /** The file in which that token is kept, for its owner only. */
    public Path tokenFile() {
        return state.resolve("token");
    }

    @Override
    public void close() throws IOException {
        github.close();
    }

    private static void requirePrograms(Map<String, String> environment) throws EmbeddedUnavailableException {
        List<String> missing = RequiredPrograms.missing(environment);
        if (!missing.isEmpty()) {
            throw new EmbeddedUnavailableException("the embedded GitHub finds no " + String.join(" and no ", missing)
                    + " on the PATH; install " + (missing.size() > 1 ? "them" : "it")
                    + ", or send the batch to a target on GitHub");
        }
    }

    private static String inUse(Path state, StateInUseException e) {
        String holder = e.holder().isPresent() ? " (process " + e.holder().getAsLong() + ")" : "";
        return "the embedded GitHub in " + state + " is used by another ferry" + holder
                + "; wait until that is over, or, if it is ferry local-github serve, name the target it printed";
    }
}
