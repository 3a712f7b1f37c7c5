package io.github.batchferry.localgithub.rest.actions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path state;

    private static JobRecord job(long id, String name) {
        return JobRecord.queued(id, "job-" + id, name, 1, List.of(), "", NOW);
    }

    private List<String> names(JobRecord... jobs) throws IOException {
        StateDirectory directory = new StateDirectory(state);
        AttemptRecord attempt = AttemptRecord.created(1, "local", List.of(jobs), NOW);
        RunRecord run = new RunRecord(
                7,
                "acme",
                "runner",
                "x.yml",
                "x",
                1,
                "push",
                "x",
                "main",
                "",
                "",
                null,
                false,
                List.of(),
                NOW,
                List.of(attempt));
        for (JobRecord job : jobs) {
            if (job.id() != 0) {
                try (OutputStream out = directory.logs(7, job).append(1)) {
                    out.write('x');
                }
            }
        }
        Path file = new LogArchive(directory, run, attempt).write(Files.createDirectories(state.resolve("spool")));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void jobsOfTheSameNameHaveFoldersOfTheirOwn() throws IOException {
        assertThat(names(job(1, "test"), job(2, "te/st")))
                .containsExactly("0_test.txt", "test/1_Step 1.txt", "1_test (2).txt", "test (2)/1_Step 1.txt");
    }

    @Test
    void jobsThatNeverBeganAreLeftOut() throws IOException {
        assertThat(names(job(0, "skipped"), job(1, "test"))).containsExactly("0_test.txt", "test/1_Step 1.txt");
    }

    @Test
    void namesAreCutAndCannotLeaveTheirFolder() throws IOException {
        assertThat(names(job(1, "../.." + "x".repeat(100))))
                .containsExactly(
                        "0_....%s.txt".formatted("x".repeat(86)), "....%s/1_Step 1.txt".formatted("x".repeat(86)));
        assertThat(names(job(1, ".."))).containsExactly("0__.txt", "_/1_Step 1.txt");
    }
}
