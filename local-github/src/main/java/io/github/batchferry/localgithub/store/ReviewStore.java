package io.github.batchferry.localgithub.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was decided about the deployments of runs; it goes with its run. Thread-safe. */
public final class ReviewStore {
    private final StateDirectory directory;

    public ReviewStore(StateDirectory directory) {
        this.directory = directory;
    }

    /** The decisions about a run, in the order of time. */
    public synchronized List<ReviewRecord> of(long run) throws IOException {
        Path file = directory.reviews(run);
        return Files.exists(file)
                ? Json.MAPPER.readValue(Files.readAllBytes(file), new TypeReference<List<ReviewRecord>>() {})
                : List.of();
    }

    /** Adds a decision. */
    public synchronized void add(long run, ReviewRecord review) throws IOException {
        List<ReviewRecord> all = new ArrayList<>(of(run));
        all.add(review);
        AtomicFile.write(directory.reviews(run), Json.bytes(all));
    }
}
