package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.artifacts.ArtifactStore;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.RunStore;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path state;

    private StateDirectory directory;
    private RunStore runs;

    @BeforeEach
    void create() throws IOException {
        directory = new StateDirectory(state);
        directory.create();
        directory.prepare();
        runs = RunStore.load(directory);
    }

    /** A run with a log and a workspace; finished so many days ago, or not at all. */
    private long run(int daysAgo, boolean finished) throws IOException {
        Instant then = NOW.minus(Duration.ofDays(daysAgo));
        long id = runs.create(Json.object(), number -> record(number, then)).id();
        if (finished) {
            runs.update(id, run -> run.withLatest(attempt -> attempt.ended(Conclusion.SUCCESS, then)));
        }
        Files.createDirectories(directory.workspaces(id).resolve("job"));
        Files.createDirectories(directory.attempt(id, 1).resolve("job-1/steps"));
        return id;
    }

    private static RunRecord record(long id, Instant then) {
        return new RunRecord(
                id,
                "acme",
                "runner",
                "x.yml",
                "x",
                1,
                "workflow_dispatch",
                "x",
                "refs/heads/main",
                "sha",
                "local",
                null,
                false,
                List.of(),
                then,
                List.of(AttemptRecord.created(1, "local", List.of(), then)));
    }

    private void retain() throws IOException {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        new Retention(directory, runs, ArtifactStore.load(directory, clock), clock).run();
    }

    @Test
    void logsStay90DaysAndRuns400() throws IOException {
        long ancient = run(401, true);
        long old = run(91, true);
        long young = run(89, true);
        long unfinished = run(500, false);

        retain();

        assertThat(runs.all()).extracting(RunRecord::id).containsExactly(unfinished, young, old);
        assertThat(directory.run(ancient)).doesNotExist();
        assertThat(directory.attempt(old, 1)).doesNotExist();
        assertThat(directory.attempt(young, 1)).exists();
        assertThat(directory.attempt(unfinished, 1)).exists();
        assertThat(directory.workspaces(unfinished)).exists();
    }

    @Test
    void theLatest20FinishedRunsKeepTheirWorkspaces() throws IOException {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            ids.add(run(1, true));
        }
        long unfinished = run(1, false);

        retain();

        assertThat(ids.subList(0, 2)).noneMatch(id -> Files.exists(directory.workspaces(id)));
        assertThat(ids.subList(2, 22)).allMatch(id -> Files.exists(directory.workspaces(id)));
        assertThat(directory.workspaces(unfinished)).exists();
        assertThat(ids).allMatch(id -> Files.exists(directory.attempt(id, 1)));
    }
}
