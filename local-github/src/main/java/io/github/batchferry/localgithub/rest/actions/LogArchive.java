package io.github.batchferry.localgithub.rest.actions;

import io.github.batchferry.localgithub.store.AttemptRecord;
import io.github.batchferry.localgithub.store.JobLogs;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StateDirectory;
import io.github.batchferry.localgithub.store.StepRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip of the logs of an attempt: {@code <n>_<job>.txt} with all a job said, n counted from 0, and
 * {@code <job>/<number>_<step>.txt} for each of its steps.
 */
final class LogArchive {
    /** What file systems do not take, and GitHub leaves out of the names of jobs and steps. */
    private static final String FORBIDDEN = "[/\\\\:*?\"|\\p{Cntrl}]";

    private static final int LONGEST_NAME = 90; // UTF-16 units; what comes after is cut off

    private final StateDirectory directory;
    private final RunRecord run;
    private final AttemptRecord attempt;

    LogArchive(StateDirectory directory, RunRecord run, AttemptRecord attempt) {
        this.directory = directory;
        this.run = run;
        this.attempt = attempt;
    }

    /** Whether no job has a log. */
    boolean isEmpty() throws IOException {
        return withLogs().isEmpty();
    }

    private List<JobRecord> withLogs() throws IOException {
        Set<Long> silent = new HashSet<>();
        for (JobRecord job : attempt.jobs()) {
            if (logs(job).steps().isEmpty()) {
                silent.add(job.id());
            }
        }
        return attempt.jobs().stream().filter(job -> !silent.contains(job.id())).toList();
    }

    private JobLogs logs(JobRecord job) {
        return directory.logs(run.id(), job);
    }

    /** Writes the zip to a new file in a folder, for the caller to remove. */
    Path write(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "logs", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            Set<String> taken = new HashSet<>();
            int number = 0;
            for (JobRecord job : withLogs()) {
                String name = free(fileName(job.name()), taken);
                put(zip, number++ + "_" + name + ".txt", logs(job).open());
                for (int step : logs(job).steps()) {
                    String path = name + "/" + step + "_" + fileName(stepName(job, step)) + ".txt";
                    put(zip, path, logs(job).open(step, 0));
                }
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return file;
    }

    /** Two jobs may have the same name, two folders may not. */
    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + " (" + i + ")";
        }
        return free;
    }

    private static String stepName(JobRecord job, int number) {
        return job.steps().stream()
                .filter(step -> step.number() == number)
                .map(StepRecord::name)
                .findFirst()
                .orElse("Step " + number);
    }

    private static String fileName(String name) {
        String allowed = name.replaceAll(FORBIDDEN, "");
        String cut =
                allowed.substring(0, Math.min(allowed.length(), LONGEST_NAME)).strip();
        return cut.matches("\\.{0,2}") ? "_" : cut; // as a folder it would be this one, or the one above
    }

    private static void put(ZipOutputStream zip, String path, InputStream content) throws IOException {
        try (content) {
            zip.putNextEntry(new ZipEntry(path));
            content.transferTo(zip);
            zip.closeEntry();
        }
    }
}
