package io.github.batchferry.localgithub.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
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
    private final Map<Long, RunFile> files = new HashMap<>();
    private long lastId;
    private GivenNumbers deleted = GivenNumbers.NONE;

    private RunStore(StateDirectory directory) {
        this.directory = directory;
    }

    /** Reads the records of a state directory. */
    public static RunStore load(StateDirectory directory) throws IOException {
        RunStore store = new RunStore(directory);
        if (Files.exists(directory.deletedRuns())) {
            store.deleted = Json.MAPPER.readValue(Files.readAllBytes(directory.deletedRuns()), GivenNumbers.class);
            store.lastId = store.deleted.id();
        }
        try (Stream<Path> folders = Files.list(directory.runs())) {
            for (Path folder : folders.toList()) {
                store.load(folder);
            }
        }
        return store;
    }

    private void load(Path folder) throws IOException {
        RunFile file = new RunFile(folder);
        Optional<RunRecord> found = file.read();
        if (found.isEmpty()) {
            StateDirectory.delete(folder); // killed while it was created: nobody was told of it
            return;
        }
        RunRecord run = found.get();
        runs.put(run.id(), run);
        files.put(run.id(), file);
        lastId = Math.max(lastId, run.id());
        run.attempts().stream()
                .flatMap(attempt -> attempt.jobs().stream())
                .forEach(job -> lastId = Math.max(lastId, job.id()));
    }

    /** A number that no run or job has. */
    public synchronized long nextId() {
        return ++lastId;
    }

    /** The number of the next run of a workflow, counted from 1. */
    public synchronized int nextNumber(RepositoryName repository, String workflowPath) {
        int largest = of(repository)
                .filter(run -> run.workflowPath().equals(workflowPath))
                .mapToInt(RunRecord::number)
                .max()
                .orElse(0);
        return 1 + Math.max(largest, deleted.number(repository, workflowPath));
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
        RunFile file = new RunFile(directory.run(id));
        file.write(run);
        files.put(id, file);
        runs.put(id, run);
        return run;
    }

    /** Changes a run; the record that was written is given back. */
    public synchronized RunRecord update(long id, UnaryOperator<RunRecord> change) {
        try {
            RunRecord before = runs.get(id);
            RunRecord changed = change.apply(before);
            files.get(id).write(before, changed);
            runs.put(id, changed);
            return changed;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the record of run " + id, e);
        }
    }

    /**
     * Removes a run with all it left on disk.
     *
     * @return false if it is not over yet
     */
    public synchronized boolean delete(long id) throws IOException {
        RunRecord run = runs.get(id);
        if (run == null || !run.latest().over()) {
            return run == null;
        }
        deleted = deleted.with(run, lastId);
        AtomicFile.write(directory.deletedRuns(), Json.bytes(deleted));
        // without its record it is no run any more, also if this process is killed in between
        Files.delete(record(id));
        runs.remove(id);
        files.remove(id);
        StateDirectory.delete(directory.run(id));
        return true;
    }

    private Path record(long id) {
        return directory.run(id).resolve("run.json");
    }

    /**
     * Removes all runs of a repository that is to be deleted, with their logs and numbers.
     *
     * @return false, and nothing is removed, if one of them is not over
     */
    public synchronized boolean forget(RepositoryName repository) throws IOException {
        List<RunRecord> all = of(repository).toList();
        if (all.stream().anyMatch(run -> !run.latest().over())) {
            return false;
        }
        for (RunRecord run : all) {
            delete(run.id());
        }
        deleted = deleted.without(repository);
        AtomicFile.write(directory.deletedRuns(), Json.bytes(deleted));
        return true;
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
