package io.github.batchferry.runner.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Outputs of the step, which tell later jobs of the workflow how it ended. */
public final class StepOutputs {
    private final Optional<Path> file;

    /** @param file the file that GitHub reads; empty outside of a workflow, where nobody does */
    public StepOutputs(Optional<Path> file) {
        this.file = file;
    }

    /** Says that requests are left for another run. */
    public void paused() throws IOException {
        if (file.isPresent()) {
            Files.writeString(file.get(), "paused=true\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
