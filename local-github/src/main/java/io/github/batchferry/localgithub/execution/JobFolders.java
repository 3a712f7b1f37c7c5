package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.JobLogs;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folders of a job. Closing removes the temporary one.
 *
 * @param workspace where steps run; kept over the attempts of a run
 * @param temp {@code RUNNER_TEMP}, fresh
 * @param tools {@code RUNNER_TOOL_CACHE}, the same for all jobs
 * @param event copy of the run's event for the steps
 * @param logs of the steps
 * @param summary of the job
 */
record JobFolders(Path workspace, Path temp, Path tools, Path event, JobLogs logs, Path summary) implements Closeable {
    static JobFolders prepare(StateDirectory directory, long run, JobRecord job) throws IOException {
        Path temp = directory.temp(run, job);
        JobFolders folders = new JobFolders(
                directory.workspace(run, job),
                temp,
                directory.tools(),
                temp.resolve("_github_workflow").resolve("event.json"),
                directory.logs(run, job),
                directory.summary(run, job));
        StateDirectory.delete(temp);
        Files.createDirectories(folders.workspace);
        Files.createDirectories(folders.tools);
        Files.createDirectories(folders.event.getParent());
        Files.copy(directory.event(run), folders.event, StandardCopyOption.REPLACE_EXISTING);
        return folders;
    }

    /** Folder of the files by which steps talk to their job. */
    Path commands() {
        return temp.resolve("_runner_file_commands");
    }

    @Override
    public void close() throws IOException {
        StateDirectory.delete(temp);
    }
}
