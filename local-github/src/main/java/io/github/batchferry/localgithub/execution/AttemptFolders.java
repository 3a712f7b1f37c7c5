package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.RunRecord;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folders of an attempt. Closing removes the temporary one.
 *
 * @param workspace where steps run; kept over the attempts of a run
 * @param temp {@code RUNNER_TEMP}, fresh
 * @param event copy of the run's event for the steps
 * @param log of the job
 * @param summary of the job
 */
record AttemptFolders(Path workspace, Path temp, Path event, Path log, Path summary) implements Closeable {
    static AttemptFolders prepare(StateDirectory directory, RunRecord run) throws IOException {
        int attempt = run.latest().number();
        Path temp = directory.temp(run.id(), attempt);
        AttemptFolders folders = new AttemptFolders(
                directory.workspace(run.id()),
                temp,
                temp.resolve("_github_workflow").resolve("event.json"),
                directory.jobLog(run.id(), attempt),
                directory.summary(run.id(), attempt));
        StateDirectory.delete(temp);
        Files.createDirectories(folders.workspace);
        Files.createDirectories(folders.event.getParent());
        Files.copy(directory.event(run.id()), folders.event, StandardCopyOption.REPLACE_EXISTING);
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
