package io.github.batchferry.provider.setup;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.connection.RestAccess;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Installs workflow, batch runner and a first {@code vendors.yaml} in a repository, by pull request or at once, and prepares
 * the environment for its keys. Done again it changes only what is not as it should be; a {@code vendors.yaml} that is there
 * is kept, and every key it names gets its line in the workflow.
 */
public final class RunnerInstallation {
    private static final String PROPOSAL = "batchferry/install";
    private static final String TITLE = "Install the batch runner of Batchferry";
    private static final String TEXT = """
            The workflow `run-evals.yml`, the batch runner it starts (it starts no other: the sha-256 stands in the workflow), \
            and which vendors may be asked.

            Once this is merged, whoever may dispatch workflows here can have prompts answered with the keys of environment \
            `batchferry`; everyone who may read this repository can read prompts and answers.
            """;

    private final RestAccess access;
    private final RunnerRepository repository;
    private final RunnerEnvironment environment;

    /** @param access the repository, with a token that may write contents, workflows and pull requests */
    public RunnerInstallation(RestAccess access) {
        this.access = access;
        this.repository = new RunnerRepository(access.rest());
        this.environment = new RunnerEnvironment(access.rest());
    }

    /**
     * Installs.
     *
     * @param push whether to commit to the default branch instead of opening a pull request
     * @throws ConnectionFailedException if the repository or the token does not allow it, with what to do
     * @throws InvalidInputException if the repository's own {@code vendors.yaml} has mistakes; then nothing was changed
     */
    public Installed install(boolean push) throws GitHubException, ConnectionFailedException, InvalidInputException {
        String branch = defaultBranch();
        Optional<String> head = repository.head(branch);
        if (head.isEmpty() && !push) {
            throw new ConnectionFailedException(
                    "repository `" + name() + "` is empty, so that there is no branch for a pull request; say --push",
                    false);
        }
        byte[] vendors = repository.file(BatchFiles.VENDORS).orElseGet(RunnerRepositoryFiles::vendors);
        Set<String> keys = VendorKeys.of(BatchFiles.VENDORS, vendors);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(BatchFiles.WORKFLOW, RunnerRepositoryFiles.workflow(keys));
        files.put(BatchFiles.RUNNER_JAR, RunnerRepositoryFiles.batchRunnerJar());
        files.put(BatchFiles.VENDORS, vendors);
        Installed.Change change = written(branch, head, files, push);
        return withSecrets(branch, change, keys);
    }

    private String name() {
        return access.rest().repository().toString();
    }

    private String defaultBranch() throws GitHubException, ConnectionFailedException {
        var reply = access.rest().get("read the settings", "");
        if (reply.is(404)) {
            throw new ConnectionFailedException(
                    "repository `" + name() + "` is not there, or the token (" + access.origin()
                            + ") may not see it; create it with: gh repo create " + name() + " --private --add-readme",
                    false);
        }
        if (reply.expect(200).json().path("archived").asBoolean()) {
            throw new ConnectionFailedException("repository `" + name() + "` is archived, and takes no commit", false);
        }
        return reply.json().path("default_branch").asText();
    }

    private Installed.Change written(String branch, Optional<String> head, Map<String, byte[]> wanted, boolean push)
            throws GitHubException, ConnectionFailedException {
        try {
            return write(branch, head, wanted, push);
        } catch (GitHubException e) {
            if (e.status() == 403 || e.status() == 404) {
                throw mayNot(e);
            }
            if (e.status() == 409 || e.status() == 422) {
                throw new ConnectionFailedException(
                        e.getMessage() + (push ? "; if branch `" + branch + "` is protected, leave --push out" : ""),
                        false);
            }
            throw e;
        }
    }

    private ConnectionFailedException mayNot(GitHubException e) {
        return new ConnectionFailedException(
                e.getMessage() + "\nthe token (" + access.origin()
                        + ") must be allowed to write contents, workflows and pull"
                        + " requests of `" + name()
                        + "` (a classic one has the scopes repo and workflow); with gh: gh auth"
                        + " refresh --scopes repo,workflow",
                true);
    }

    private Installed.Change write(String branch, Optional<String> head, Map<String, byte[]> wanted, boolean push)
            throws GitHubException {
        if (head.isEmpty()) {
            repository.firstCommit(
                    BatchFiles.VENDORS, wanted.get(BatchFiles.VENDORS), "Say which vendors may be asked");
        }
        Map<String, byte[]> changed = changed(wanted);
        if (changed.isEmpty()) {
            return new Installed.Change.None();
        }
        String parent = head.isPresent() ? head.get() : repository.head(branch).orElseThrow();
        String tree = repository.tree(parent, changed);
        if (push) {
            String commit = repository.commit(parent, tree, TITLE);
            repository.advance(branch, commit);
            return new Installed.Change.Pushed(commit);
        }
        propose(parent, tree);
        return new Installed.Change.Proposed(repository.pullRequest(PROPOSAL, branch, TITLE, TEXT));
    }

    /** What is proposed already stays as it is, with what reviewers said of it. */
    private void propose(String parent, String tree) throws GitHubException {
        Optional<String> proposed = repository.head(PROPOSAL);
        if (proposed.isEmpty() || !repository.treeOf(proposed.get()).equals(tree)) {
            repository.place(PROPOSAL, repository.commit(parent, tree, TITLE));
        }
    }

    private Map<String, byte[]> changed(Map<String, byte[]> wanted) throws GitHubException {
        Map<String, String> there = repository.blobs(".ferry");
        there.putAll(repository.blobs(".github/workflows"));
        Map<String, byte[]> changed = new LinkedHashMap<>(wanted);
        changed.entrySet().removeIf(file -> GitBlob.name(file.getValue()).equals(there.get(file.getKey())));
        return changed;
    }

    private Installed withSecrets(String branch, Installed.Change change, Set<String> keys) throws GitHubException {
        List<String> warnings = new ArrayList<>();
        environment.restrictTo(branch).ifPresent(warnings::add);
        Optional<Set<String>> known = repository.environmentSecrets(RunnerEnvironment.NAME);
        Set<String> missing = new TreeSet<>(keys);
        missing.removeAll(known.orElse(Set.of()));
        Set<String> loose = new TreeSet<>(keys);
        loose.retainAll(repository.repositorySecrets().orElse(Set.of()));
        for (String key : loose) {
            warnings.add("secret " + key
                    + " is kept for the whole repository, so that a workflow on any branch gets it;"
                    + " once it is in the environment, remove it: gh secret delete " + key + " --repo " + name());
        }
        return new Installed(branch, change, warnings, missing, known.isPresent());
    }
}
