package io.github.batchferry.localgithub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path state;

    private StateDirectory directory;
    private RunStore runs;
    private long id;

    @BeforeEach
    void create() throws IOException {
        directory = new StateDirectory(state);
        directory.create();
        directory.prepare();
        runs = RunStore.load(directory);
        id = runs.create(Json.object(), RunFileTest::record).id();
        assertThat(changes()).doesNotExist();
    }

    private static RunRecord record(long id) {
        List<JobRecord> jobs = LongStream.rangeClosed(1, 3)
                .mapToObj(n -> JobRecord.queued(100 + n, "job#" + n, "job", 1, List.of(), "x", NOW))
                .toList();
        AttemptRecord attempt = AttemptRecord.created(1, "local", jobs, NOW);
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
                NOW,
                List.of(attempt));
    }

    private Path whole() {
        return directory.run(id).resolve("run.json");
    }

    private Path changes() {
        return directory.run(id).resolve("run.changes");
    }

    private void name(long job, String name) {
        runs.update(
                id,
                run -> run.withLatest(
                        attempt -> attempt.withJob(job, before -> before.named(name, null), NOW.plusSeconds(1))));
    }

    private RunRecord reread() throws IOException {
        return RunStore.load(directory).find(id).orElseThrow();
    }

    @Test
    void changesOfJobsAreWrittenByThemselvesAndFoundAgain() throws IOException {
        byte[] before = Files.readAllBytes(whole());

        name(101, "one");
        name(102, "two");
        name(101, "one again");

        assertThat(whole()).hasBinaryContent(before);
        assertThat(Files.readAllLines(changes())).hasSize(4);
        assertThat(reread()).isEqualTo(runs.find(id).orElseThrow());
        assertThat(reread().latest().jobs()).extracting(JobRecord::name).containsExactly("one again", "two", "job");
    }

    @Test
    void whatElseChangesIsWrittenWithEverything() throws IOException {
        name(101, "one");

        runs.update(id, run -> run.withLatest(attempt -> attempt.standing(Status.IN_PROGRESS, NOW)));

        assertThat(changes()).doesNotExist();
        assertThat(reread()).isEqualTo(runs.find(id).orElseThrow());
        name(102, "two");
        assertThat(reread()).isEqualTo(runs.find(id).orElseThrow());
    }

    @Test
    void aLineThatAKillCutOffCountsForNothing() throws IOException {
        name(101, "one");
        RunRecord before = reread();
        name(101, "two");
        byte[] all = Files.readAllBytes(changes());
        Files.write(changes(), Arrays.copyOf(all, all.length - 7));

        assertThat(reread()).isEqualTo(before);
    }

    @Test
    void changesOfAnOlderWholeCountForNothing() throws IOException {
        name(101, "one");
        byte[] old = Files.readAllBytes(changes());
        name(101, "two");
        runs.update(id, run -> run.withLatest(attempt -> attempt.standing(Status.IN_PROGRESS, NOW)));
        Files.write(changes(), old); // as if the process had been killed before it was deleted

        assertThat(reread().latest().jobs().get(0).name()).isEqualTo("two");
        runs = RunStore.load(directory);
        name(101, "three");
        assertThat(reread().latest().jobs().get(0).name()).isEqualTo("three");
    }

    @Test
    void afterAFailedWriteTheNextOneIsWhole() throws IOException {
        name(101, "one");
        Files.delete(changes());
        Files.createDirectory(changes());
        Files.createFile(changes().resolve("in-the-way"));
        assertThatThrownBy(() -> name(101, "two")).isInstanceOf(UncheckedIOException.class);
        assertThat(runs.find(id).orElseThrow().latest().jobs().get(0).name()).isEqualTo("one");
        StateDirectory.delete(changes());

        name(102, "three");

        assertThat(changes()).doesNotExist();
        assertThat(reread()).isEqualTo(runs.find(id).orElseThrow());
        assertThat(reread().latest().jobs()).extracting(JobRecord::name).containsExactly("one", "three", "job");
    }

    @Test
    void manyChangesAreBroughtTogetherNowAndThen() throws IOException {
        String long1 = "x".repeat(10_000);
        for (int i = 0; i < 20; i++) {
            name(101, long1 + i);
        }

        assertThat(Files.size(changes())).isLessThan(100_000);
        assertThat(Files.size(whole())).isGreaterThan(10_000);
        assertThat(reread()).isEqualTo(runs.find(id).orElseThrow());
    }

    @Test
    void recordsOfOlderVersionsAreRead() throws IOException {
        ObjectNode old = (ObjectNode) Json.MAPPER.readTree(whole().toFile());
        old.remove("referencedWorkflows");
        Files.write(whole(), Json.bytes(old), StandardOpenOption.TRUNCATE_EXISTING);

        assertThat(reread().referencedWorkflows()).isEmpty();
    }
}
