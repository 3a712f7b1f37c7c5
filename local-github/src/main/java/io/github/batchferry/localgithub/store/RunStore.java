package io.github.batchferry.localgithub.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The records of all runs, in memory and on disk; a change is on disk before anybody sees it. Thread-safe.
 */
public final class RunStore {
    private final StateDirectory directory;

    // Mutable state
    private final Map<Long, RunRecord> runs = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private long lastId;

    private RunStore(StateDirectory directory) {
        this.directory = directory;
    }

    /** Reads the records of a state directory. */
    public static RunStore load(StateDirectory directory) throws IOException {
        RunStore store = new RunStore(directory);
        try (Stream<Path> folders = Files.list(directory.runs())) {
            for (Path folder : folders.toList()) {
                store.load(folder);
            }
        }
        return store;
    }

    private void load(Path folder) throws IOException {
        Path file = folder.resolve("run.json");
        if (!Files.exists(file)) {
            StateDirectory.delete(folder); // killed while it was created: nobody was told of it
            return;
        }
        try {
            RunRecord run = Json.MAPPER.readValue(Files.readAllBytes(file), RunRecord.class);
            runs.put(run.id(), run);
            lastId = Math.max(lastId, run.id());
            run.attempts().stream()
                    .flatMap(attempt -> attempt.jobs().stream())
                    .forEach(job -> lastId = Math.max(lastId, job.id()));
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** A number that no run or job has. */
    public synchronized long nextId() {
        return ++lastId;
    }

    /**
     * Adds a run.
     *
     * @param event content of its event file
     * @param make makes the record, given the run's id
     */
    public synchronized RunRecord create(JsonNode event, LongFunction<RunRecord> make) throws IOException {
        long id = nextId();
        RunRecord run = make.apply(id);
        Files.createDirectories(directory.run(id));
        AtomicFile.write(directory.event(id), Json.bytes(event));
        write(run);
        return run;
    }

    /** Changes a run; the record that was written is given back. */
    public synchronized RunRecord update(long id, UnaryOperator<RunRecord> change) {
        try {
            RunRecord changed = change.apply(runs.get(id));
            write(changed);
            return changed;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the record of run " + id, e);
        }
    }

    private void write(RunRecord run) throws IOException {
        AtomicFile.write(directory.run(run.id()).resolve("run.json"), Json.bytes(run));
        runs.put(run.id(), run);
    }

    /** A run of any repository. */
    public Optional<RunRecord> find(long id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** All runs, newest first. */
    public List<RunRecord> all() {
        return List.copyOf(runs.values());
    }

    /** The runs of a repository, newest first. */
    public Stream<RunRecord> of(RepositoryName repository) {
        return runs.values().stream().filter(run -> run.repositoryName().equals(repository));
    }

    /** The run one of whose attempts has a job. */
    public Optional<RunRecord> ofJob(RepositoryName repository, long jobId) {
        return of(repository)
                .filter(run -> run.attempts().stream()
                        .anyMatch(attempt -> attempt.job(jobId).isPresent()))
                .findFirst();
    }
}
