package io.github.batchferry.provider.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositoryApi;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.provider.journal.PrivateFiles;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A repository whose default branch and files are remembered on disk for ten minutes, so that a dispatch is one call. Whoever
 * is told something that may have changed since says {@link #forget} and asks again. What cannot be remembered, because the
 * disk does not let it, is asked for each time. Not thread-safe.
 */
public final class RememberedRepository implements RepositoryApi {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final String BRANCH = "default_branch";
    private static final String FILES = "files";

    private final Path memory;
    private final RepositoryApi repository;
    private final Clock clock;

    /**
     * @param stateDirectory the client's state folder, {@code .ferry}
     * @param repository answers what is not remembered
     */
    public RememberedRepository(
            Path stateDirectory, GitHubServer server, RepositorySlug slug, RepositoryApi repository, Clock clock) {
        String name = Sha256.of((server.apiUrl() + " " + slug).getBytes(StandardCharsets.UTF_8))
                .value()
                .substring(0, 16);
        this.memory = stateDirectory.resolve("known").resolve(name + ".json");
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public synchronized String defaultBranch() throws GitHubException {
        JsonNode known = recall().path(BRANCH);
        if (known.isTextual()) {
            return known.textValue();
        }
        String branch = repository.defaultBranch();
        remember(facts -> facts.put(BRANCH, branch));
        return branch;
    }

    @Override
    public synchronized Optional<byte[]> file(String path) throws GitHubException {
        JsonNode known = recall().path(FILES).path(path);
        if (known.isTextual()) {
            return Optional.of(known.textValue().getBytes(StandardCharsets.UTF_8));
        }
        Optional<byte[]> file = repository.file(path);
        // a file that is not there may be added at any moment
        file.ifPresent(bytes -> remember(
                facts -> facts.withObjectProperty(FILES).put(path, new String(bytes, StandardCharsets.UTF_8))));
        return file;
    }

    @Override
    public synchronized boolean forget() {
        try {
            return Files.deleteIfExists(memory);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<WorkflowJob> jobs(long runId) throws GitHubException {
        return repository.jobs(runId);
    }

    @Override
    public List<String> jobLogTail(long jobId, int lines) throws GitHubException {
        return repository.jobLogTail(jobId, lines);
    }

    /** What is known and fresh; an empty object if nothing is. */
    private ObjectNode recall() {
        try {
            JsonNode read = JsonSupport.MAPPER.readTree(Files.readAllBytes(memory));
            Instant at = Instant.parse(read.path("at").asText());
            Duration age = Duration.between(at, clock.instant());
            boolean fresh = !age.isNegative() && age.compareTo(FRESH) < 0;
            return fresh && read instanceof ObjectNode facts ? facts : JsonSupport.MAPPER.createObjectNode();
        } catch (IOException | DateTimeException e) {
            return JsonSupport.MAPPER.createObjectNode();
        }
    }

    private void remember(Consumer<ObjectNode> change) {
        ObjectNode facts = recall();
        if (!facts.has("at")) {
            facts.put("at", clock.instant().toString());
        }
        change.accept(facts);
        try {
            PrivateFiles.createDirectories(memory.getParent());
            Path beside = memory.resolveSibling(memory.getFileName() + "." + Long.toHexString(System.nanoTime()));
            PrivateFiles.write(beside, (facts + "\n").getBytes(StandardCharsets.UTF_8));
            Files.move(beside, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // then it is asked for again next time
        }
    }
}
