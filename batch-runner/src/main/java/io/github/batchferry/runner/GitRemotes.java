package io.github.batchferry.runner;

import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.job.Job;
import java.nio.file.Path;

/** Opens the repository a job belongs to. */
@FunctionalInterface
public interface GitRemotes {
    /** @param scratch empty folder for temporary copies, deleted with the job */
    GitRemote open(Job job, Path scratch);
}
