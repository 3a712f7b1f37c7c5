package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.execution.ExecutionSettings;
import io.github.batchferry.localgithub.execution.HostEnvironment;
import io.github.batchferry.localgithub.execution.JobRunner;
import io.github.batchferry.localgithub.execution.process.Bash;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.Repositories;
import io.github.batchferry.localgithub.identity.JobIdentity;
import io.github.batchferry.localgithub.identity.SigningKey;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.server.Mode;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.EnvironmentRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RepositoryDocument;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.RepositorySettings;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.SecretStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.store.Status;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A queue of runs with everything below it, and nothing of HTTP above it. */
final class Scheduler implements Closeable {
    static final RepositoryName NAME = new RepositoryName("acme", "runner");
    static final String PATH = ".github/workflows/job.yml";
    static final String ACTOR = "octocat";

    final StateDirectory directory;
    final RunStore runs;
    final Repositories repositories;
    final RepositoryDocument<RepositorySettings> settings;
    final SecretStore secrets;
    final RunQueue queue;
    private final Dispatcher dispatcher;

    /** @param timeScale how long a second of limits is, in seconds */
    Scheduler(Path state, Clock clock, int jobsAtOnce, double timeScale) throws IOException {
        directory = new StateDirectory(state);
        directory.create();
        directory.prepare();
        runs = RunStore.load(directory);
        repositories = new Repositories(directory);
        repositories.create(NAME);
        settings = new RepositoryDocument<>(directory, "settings", RepositorySettings.class, RepositorySettings.NONE);
        secrets = new SecretStore(directory, clock);
        HostEnvironment host = HostEnvironment.of(Map.of(), System.getProperty("java.home"), 17);
        Addresses addresses = new Addresses(URI.create("http://127.0.0.1:9"), Mode.GITHUB_COM);
        ExecutionSettings execution = new ExecutionSettings(
                addresses, Bash.find(host.path()), host, clock, Duration.ofMillis(500), jobsAtOnce, timeScale);
        SecureRandom random = new SecureRandom();
        JobRunner jobs = new JobRunner(
                directory,
                runs,
                new Tokens("user", random, token -> Optional.empty()),
                ArtifactStore.load(directory, clock),
                new JobIdentity(addresses, SigningKey.of(directory, new SecureRandom()), new SecureRandom(), clock),
                execution);
        RunStores stores = new RunStores(directory, runs, repositories, settings, secrets);
        queue = new RunQueue(stores, jobs, execution);
        dispatcher = new Dispatcher(stores, queue, addresses, clock);
    }

    Scheduler(Path state) throws IOException {
        this(state, Clock.systemUTC(), 4, 1);
    }

    /** Commits a workflow file. */
    Scheduler workflow(String yaml) throws IOException {
        return file(PATH, yaml);
    }

    Scheduler file(String path, String content) throws IOException {
        repositories.commit(
                NAME, "Add", Map.of(path, content.getBytes(StandardCharsets.UTF_8)), Instant.EPOCH.plusSeconds(1));
        return this;
    }

    /** Adds or replaces an environment. */
    void environment(EnvironmentRecord environment) {
        settings.update(NAME, before -> before.with(environment));
    }

    HostedRepository repository() throws IOException {
        return repositories.find(NAME).orElseThrow();
    }

    long dispatch(Map<String, String> inputs) throws IOException, DispatchRefusedException {
        return dispatch("main", inputs);
    }

    long dispatch() throws IOException, DispatchRefusedException {
        return dispatch(Map.of());
    }

    long dispatch(String ref, Map<String, String> inputs) throws IOException, DispatchRefusedException {
        WorkflowEntry entry = new WorkflowEntry(1, PATH, PATH, Instant.EPOCH);
        return dispatcher
                .dispatch(repository(), entry, ref, Json.MAPPER.<ObjectNode>valueToTree(inputs), ACTOR)
                .id();
    }

    RunRecord run(long id) {
        return runs.find(id).orElseThrow();
    }

    AttemptRecord await(long run, Predicate<AttemptRecord> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run(run).latest(), wanted);
    }

    AttemptRecord awaitStatus(long run, Status status) {
        return await(run, attempt -> attempt.status() == status);
    }

    Conclusion awaitEnd(long run) {
        return await(run, AttemptRecord::over).conclusion();
    }

    JobRecord job(long run, String key) {
        return run(run).latest().jobs().stream()
                .filter(job -> job.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** How the jobs of the latest attempt ended, by key; where they stand, if they are not over. */
    Map<String, String> verdicts(long run) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (JobRecord job : run(run).latest().jobs()) {
            verdicts.put(
                    job.key(),
                    job.over() ? job.conclusion().word() : job.status().word());
        }
        return verdicts;
    }

    /** The text of a job's only annotation. */
    String annotation(long run, String key) {
        assertThat(job(run, key).annotations()).hasSize(1);
        return job(run, key).annotations().get(0).message();
    }

    @Override
    public void close() {
        queue.close();
        repositories.close();
    }
}
