package io.github.batchferry.localgithub;

import io.github.batchferry.git.IsolatedSystemReader;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.apps.Apps;
import io.github.batchferry.localgithub.apps.RegisteredApp;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.checks.Checks;
import io.github.batchferry.localgithub.collaboration.IssueBook;
import io.github.batchferry.localgithub.collaboration.PullRequests;
import io.github.batchferry.localgithub.exchanges.ExchangeLog;
import io.github.batchferry.localgithub.execution.ExecutionSettings;
import io.github.batchferry.localgithub.execution.HostEnvironment;
import io.github.batchferry.localgithub.execution.JobRunner;
import io.github.batchferry.localgithub.execution.process.Bash;
import io.github.batchferry.localgithub.faults.Faults;
import io.github.batchferry.localgithub.faults.FaultyHandler;
import io.github.batchferry.localgithub.githttp.GitHttp;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.http.RateLimits;
import io.github.batchferry.localgithub.identity.JobIdentity;
import io.github.batchferry.localgithub.identity.SigningKey;
import io.github.batchferry.localgithub.page.PageSite;
import io.github.batchferry.localgithub.page.Sessions;
import io.github.batchferry.localgithub.releases.Releases;
import io.github.batchferry.localgithub.rest.RestApi;
import io.github.batchferry.localgithub.scheduling.CrashRecovery;
import io.github.batchferry.localgithub.scheduling.DeploymentReviews;
import io.github.batchferry.localgithub.scheduling.Dispatcher;
import io.github.batchferry.localgithub.scheduling.Retention;
import io.github.batchferry.localgithub.scheduling.RunQueue;
import io.github.batchferry.localgithub.scheduling.RunStores;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.server.Mode;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import io.github.batchferry.localgithub.store.GitHubToken;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RepositoryProfile;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.ReviewStore;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.store.StateLock;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A GitHub in this process, on 127.0.0.1: the REST API and git over HTTP on one port, and the execution of the workflow
 * files committed in its repositories. Everything lives in a state directory and survives {@code kill -9}.
 *
 * <p><b>Emulated.</b> REST as GitHub describes it for 2022-11-28: repositories, contents, git objects, branches, commits, pull
 * requests, issues, releases, statuses, checks, workflows, runs, jobs, logs, artifacts, environments, Apps, with tokens, ETags,
 * pages and GitHub's error bodies; gh's GraphQL queries; faults on demand. Git: clone, fetch and push by the smart protocol,
 * versions 0 to 2, files over 100 MB refused. Workflows: {@code workflow_dispatch} and {@code workflow_call}, jobs with
 * {@code needs}, {@code if}, matrices, environments and concurrency, expressions, {@code run} steps, composite actions, the
 * actions checkout, upload-artifact and download-artifact, job tokens and OIDC tokens. Pages for people. {@code
 * docs/local-github.md} tells it in full.
 *
 * <p><b>Not emulated</b>, and refused by name and line when a workflow asks for it: containers, services, other actions, Windows
 * and macOS labels. Other triggers may stand in a file and never fire. There are no caches, forks, packages or webhooks, no
 * milestones, topics, comments on single lines, or refs of pull requests; a protected branch refuses force pushes and its end,
 * and has no other rules. Every repository is private, and whoever is not the user has no rights in it. Jobs run on this machine
 * as the user of this process: nothing isolates them, so only workflows that may act as that user belong here. Processes that a
 * step leaves behind are ended with the job; on systems without {@code /proc} only as far as they still belong to their step's
 * process group or descend from it.
 *
 * <p><b>Kept.</b> Whenever it starts, it removes what finished runs left: logs and summaries after 90 days, artifacts when they
 * expire, at the latest after 90 days, whole runs after 400 days, and the workspaces of all runs but the latest 20.
 */
public final class LocalGitHub implements Closeable {
    private final StateDirectory directory;
    private final StateLock lock;
    private final LoopbackServer server;
    private final Addresses addresses;
    private final Repositories repositories;
    private final SecretStore secrets;
    private final RepositoryDocument<RepositorySettings> settings;
    private final RunStore runs;
    private final RunQueue queue;
    private final Sessions sessions;
    private final Clock clock;
    private final String token;
    private final Apps apps;
    private final Faults faults = new Faults();

    /** How an embedded GitHub is to be. Not thread-safe. */
    public static final class Builder {
        private final Path stateDirectory;

        // Mutable state
        private int port;
        private Clock clock = Clock.systemUTC();
        private Duration stopGrace = Duration.ofSeconds(10);
        private int jobsAtOnce = 4;
        private double timeScale = 1;
        private Map<String, String> environment = System.getenv();
        private Optional<Path> exchanges = Optional.empty();
        private Mode mode = Mode.GITHUB_COM;
        private Optional<RateLimits.Rules> limits = Optional.empty();

        private Builder(Path stateDirectory) {
            this.stateDirectory = stateDirectory;
        }

        /** The port; 0, which is the default, for any free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** The clock of all times that are shown; time-outs go by the machine's. */
        public Builder clock(Clock shown) {
            this.clock = shown;
            return this;
        }

        /** Time between SIGTERM and SIGKILL when a run is cancelled; 10 seconds unless set. */
        public Builder stopGrace(Duration time) {
            this.stopGrace = time;
            return this;
        }

        /** How many jobs run at the same time; 4 unless set. More wait in the queue. */
        public Builder jobsAtOnce(int number) {
            this.jobsAtOnce = number;
            return this;
        }

        /**
         * How long a second of the limits that GitHub and workflows set is, such as {@code timeout-minutes}: 0.001 makes
         * six hours take 22 seconds. The time of {@link #stopGrace} stays as it is.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeScale(double seconds) {
            if (!(seconds > 0)) {
                throw new IllegalArgumentException("the time scale must be positive, but it is `" + seconds + "`");
            }
            this.timeScale = seconds;
            return this;
        }

        /** The environment to pick PATH, HOME, LANG, LC_ALL and TMPDIR for steps from; this process's unless set. */
        public Builder environment(Map<String, String> variables) {
            this.environment = Map.copyOf(variables);
            return this;
        }

        /** Which GitHub to behave like; github.com unless set. */
        public Builder mode(Mode like) {
            this.mode = like;
            return this;
        }

        /**
         * Refuses calls beyond a limit. Unless set, calls are counted against github.com's limits and all are answered.
         *
         * @param ofUser calls per hour of the user, and of each installation of an App
         * @param ofJob calls per hour of all jobs of a repository together
         */
        public Builder rateLimits(int ofUser, int ofJob) {
            this.limits = Optional.of(new RateLimits.Rules(ofUser, ofJob, true, true));
            return this;
        }

        private RateLimits limits() {
            RateLimits.Rules usual = mode == Mode.GHES ? RateLimits.Rules.NONE : RateLimits.Rules.USUAL;
            return new RateLimits(limits.orElse(usual), clock);
        }

        /**
         * Writes every call of the REST API and its answer to a file of its own in a folder, one in JSON per line. Tokens,
         * passwords and cookies are left out, git's exchanges too; of bodies, the first 12 MiB are kept.
         */
        public Builder recordExchanges(Path folder) {
            this.exchanges = Optional.of(folder);
            return this;
        }

        /**
         * Starts serving. Runs that an earlier server left unfinished are ended first, with their processes.
         *
         * @throws io.github.batchferry.localgithub.store.StateInUseException if another one works on the directory
         * @throws IOException if the port is taken, bash is missing, or the directory cannot be used
         */
        public LocalGitHub start() throws IOException {
            IsolatedSystemReader.install();
            HostEnvironment host = HostEnvironment.of(
                    environment,
                    System.getProperty("java.home"),
                    Runtime.version().feature());
            Bash bash = Bash.find(host.path());
            StateDirectory directory = new StateDirectory(stateDirectory);
            directory.create();
            StateLock lock = StateLock.acquire(directory);
            try {
                return open(directory, lock, bash, host);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        }

        private LocalGitHub open(StateDirectory directory, StateLock lock, Bash bash, HostEnvironment host)
                throws IOException {
            directory.prepare();
            RunStore runs = RunStore.load(directory);
            LoopbackServer server = LoopbackServer.bind(port);
            try {
                if (exchanges.isPresent()) {
                    server.record(ExchangeLog.in(exchanges.get(), clock));
                }
                ExecutionSettings execution = new ExecutionSettings(
                        new Addresses(server.url(), mode), bash, host, clock, stopGrace, jobsAtOnce, timeScale);
                new CrashRecovery(directory, runs, execution).run();
                return new LocalGitHub(directory, lock, server, runs, execution, limits());
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        }
    }

    private LocalGitHub(
            StateDirectory directory,
            StateLock lock,
            LoopbackServer server,
            RunStore runs,
            ExecutionSettings execution,
            RateLimits limits)
            throws IOException {
        SecureRandom random = new SecureRandom();
        this.directory = directory;
        this.lock = lock;
        this.server = server;
        this.runs = runs;
        this.addresses = execution.addresses();
        this.clock = execution.clock();
        this.token = GitHubToken.of(directory, random);
        this.repositories = new Repositories(directory);
        this.secrets = new SecretStore(directory, clock);
        this.settings =
                new RepositoryDocument<>(directory, "settings", RepositorySettings.class, RepositorySettings.NONE);
        RepositoryDocument<RepositoryProfile> profiles =
                new RepositoryDocument<>(directory, "profile", RepositoryProfile.class, RepositoryProfile.NEW);
        RepositoryDocument<IssueBook> books =
                new RepositoryDocument<>(directory, "issues", IssueBook.class, IssueBook.NEW);
        PullRequests pulls = new PullRequests(books, clock);
        this.sessions = new Sessions(random);
        ArtifactStore artifacts = ArtifactStore.load(directory, clock);
        new Retention(directory, runs, artifacts, clock).run();
        Checks checks = new Checks(directory, runs, addresses, clock);
        Releases releases = new Releases(directory, clock);
        this.apps = Apps.of(directory, random, clock);
        Tokens tokens = new Tokens(token, random, apps::findCaller);
        JobIdentity identity = new JobIdentity(addresses, SigningKey.of(directory, random), random, clock);
        JobRunner jobs = new JobRunner(directory, runs, tokens, artifacts, identity, execution);
        RunStores stores = new RunStores(directory, runs, repositories, settings, secrets);
        this.queue = new RunQueue(stores, jobs, execution);
        DeploymentReviews reviews = new DeploymentReviews(queue, new ReviewStore(directory), clock);
        Dispatcher dispatcher = new Dispatcher(stores, queue, addresses, clock);
        server.serve(
                new GitHttp(repositories, tokens, settings, pulls, directory.spool()),
                PageSite.of(
                        addresses.root(),
                        sessions,
                        new PageSite.Parts(
                                directory,
                                repositories,
                                books,
                                pulls,
                                runs,
                                artifacts,
                                checks,
                                releases,
                                queue,
                                reviews,
                                tokens,
                                clock)),
                RestApi.of(
                        addresses,
                        new RestApi.Parts(
                                directory,
                                repositories,
                                settings,
                                profiles,
                                books,
                                pulls,
                                secrets,
                                runs,
                                artifacts,
                                checks,
                                releases,
                                queue,
                                reviews,
                                dispatcher,
                                tokens,
                                identity,
                                apps,
                                limits,
                                random,
                                clock)),
                handler -> new FaultyHandler(handler, faults, addresses, server.workers(), clock));
    }

    /** Begins to describe an embedded GitHub whose state is in a directory, which is created if need be. */
    public static Builder at(Path stateDirectory) {
        return new Builder(stateDirectory);
    }

    /** Root of git and of pages for people, and of the REST API unless this is a GHES, without a trailing slash. */
    public URI url() {
        return addresses.root();
    }

    /** Root of the REST API, without a trailing slash. */
    public URI apiUrl() {
        return URI.create(addresses.api());
    }

    /** A link that opens the pages for people in a browser, which then stays signed in. It works once. */
    public URI pageLink() {
        return PageSite.link(addresses.root(), sessions);
    }

    /** What goes wrong with calls, of the API and of git; nothing unless somebody asks for it. */
    public Faults faults() {
        return faults;
    }

    /** The user's token, which may do everything; the same over restarts. */
    public String token() {
        return token;
    }

    /**
     * Registers a GitHub App.
     *
     * @param name for people; what it is called in URLs is made of it
     * @param publicKey RSA key in PEM; if it is empty, a pair is made and its private half given back, this once
     * @param permissions name, such as {@code pull_requests}, to read, write or admin
     * @throws IllegalArgumentException if the name is taken, or a permission or the key cannot be used
     */
    public RegisteredApp registerApp(String name, Optional<String> publicKey, Map<String, String> permissions) {
        return apps.register(name, publicKey, permissions);
    }

    /**
     * Installs a GitHub App on an account.
     *
     * @param repositories names of the account's repositories that it may use; empty for all
     * @return number of the installation
     * @throws IllegalArgumentException if there is no such App, or it is installed there already
     */
    public long installApp(long appId, String owner, List<String> repositories) {
        return apps.install(appId, owner, repositories);
    }

    /**
     * Creates an empty repository with the default branch main; one that exists is left alone.
     *
     * @throws IllegalArgumentException if the name is not what GitHub allows
     */
    public void createRepository(String owner, String name) throws IOException {
        repositories.create(new RepositoryName(owner, name));
    }

    /**
     * Adds or replaces files on the default branch, in one commit. Nothing is committed when nothing would change.
     *
     * @param files path to content
     */
    public void commit(String owner, String name, String message, Map<String, byte[]> files) throws IOException {
        repositories.commit(new RepositoryName(owner, name), message, files, clock.instant());
    }

    /**
     * Adds or replaces a secret of a repository.
     *
     * @throws IllegalArgumentException if the name or the value is not what GitHub takes
     */
    public void setSecret(String owner, String name, String secretName, String value) throws IOException {
        secrets.set(new RepositoryName(owner, name), secretName, value);
    }

    /** Removes a secret of a repository; one that is not there is fine. */
    public void deleteSecret(String owner, String name, String secretName) throws IOException {
        secrets.delete(new RepositoryName(owner, name), secretName);
    }

    /** Names of the secrets of a repository, sorted. */
    public Set<String> secretNames(String owner, String name) throws IOException {
        return new TreeSet<>(secrets.all(new RepositoryName(owner, name)).keySet());
    }

    /**
     * Adds or replaces a secret of an environment.
     *
     * @throws IllegalArgumentException if there is no such environment, or the name or the value is not what GitHub takes
     */
    public void setSecret(String owner, String name, String environment, String secretName, String value)
            throws IOException {
        RepositoryName repository = new RepositoryName(owner, name);
        secrets.set(repository, owned().environmentName(repository, environment), secretName, value);
    }

    /**
     * Adds or replaces a configuration variable of a repository.
     *
     * @throws IllegalArgumentException if the name is not what GitHub takes
     */
    public void setVariable(String owner, String name, String variable, String value) {
        owned().variable(new RepositoryName(owner, name), variable, value);
    }

    /** Creates an environment, or gives one that exists other rules. Its secrets and variables stay. */
    public void createEnvironment(String owner, String name, String environment, EnvironmentRules rules) {
        owned().environment(new RepositoryName(owner, name), environment, rules);
    }

    /** Protects a branch, which need not exist yet, against force pushes and deletion. */
    public void protectBranch(String owner, String name, String branch) {
        settings.update(new RepositoryName(owner, name), before -> before.withProtection(branch, true));
    }

    private OwnerSettings owned() {
        return new OwnerSettings(settings, clock);
    }

    /** The job summaries, in Markdown, of the latest attempt of a run; empty if no step wrote any. */
    public Optional<String> stepSummary(long runId) throws IOException {
        StringBuilder summaries = new StringBuilder();
        List<JobRecord> jobs = runs.find(runId).map(run -> run.latest().jobs()).orElse(List.of());
        for (JobRecord job : jobs) {
            Path file = directory.summary(runId, job);
            summaries.append(Files.isRegularFile(file) ? Files.readString(file) : "");
        }
        return Optional.of(summaries.toString()).filter(text -> !text.isEmpty());
    }

    /**
     * Cancels what runs, lets it use this GitHub while it ends, and stops serving. No process is left behind. The state
     * directory can be used again afterwards.
     */
    @Override
    public void close() throws IOException {
        queue.close();
        server.close();
        repositories.close();
        lock.close();
    }
}
