package io.github.batchferry.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The shipped files of a runner repository, by name. */
public final class RunnerRepositoryFiles {
    private RunnerRepositoryFiles() {}

    /** The workflow {@code run-evals.yml}. */
    public static byte[] workflow() {
        return read("run-evals.yml");
    }

    /** The batch runner: a jar to be started by the workflow, never to be put on a class path. */
    public static byte[] batchRunnerJar() {
        return read("batch-runner.jar");
    }

    private static byte[] read(String name) {
        try (InputStream in = RunnerRepositoryFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the installation; build it again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " of the installation", e);
        }
    }
}
