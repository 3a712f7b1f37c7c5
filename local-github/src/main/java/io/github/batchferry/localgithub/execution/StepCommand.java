package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.CommandInterpreter;
import io.github.batchferry.localgithub.execution.output.FileCommands;
import io.github.batchferry.localgithub.execution.process.StepProcess;
import io.github.batchferry.localgithub.execution.process.StopReason;
import io.github.batchferry.localgithub.execution.process.StoppedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command that a step runs as a process group of its own. */
final class StepCommand {
    private final ActiveStep step;
    private final RunningJob job;

    StepCommand(ActiveStep step) {
        this.step = step;
        this.job = step.job();
    }

    /**
     * Runs a command to its end. What it leaves in the step's files is taken over, also when it was stopped.
     *
     * @param command program and arguments
     * @param environment all of it
     * @return the exit code
     * @throws StoppedException if the step has to stop; nothing of the command is left then
     */
    int run(List<String> command, Map<String, String> environment, Path directory) throws IOException {
        try (StepProcess process = StepProcess.start(job.settings().bash(), command, environment, directory)) {
            job.remember(process.leader());
            Thread output = job.outputs().copy(process.output(), interpreter(environment));
            process.go();
            CompletableFuture<Integer> exit = process.exit();
            Optional<StopReason> stopped = step.stop().await(exit);
            if (stopped.isPresent()) {
                job.processes().stopStep(process.leader(), job.settings().stopGrace(), job.stop()::isOver);
            }
            job.outputs().join(output);
            takeOver();
            if (stopped.isPresent()) {
                throw new StoppedException(stopped.get());
            }
            return exit.join();
        }
    }

    private CommandInterpreter interpreter(Map<String, String> environment) {
        return new CommandInterpreter(step.log(), step, job.folders().workspace(), environment, job.debug());
    }

    /** What the command left in its files is for the steps after it; if that is of no use, the step fails. */
    private void takeOver() throws IOException {
        FileCommands files = step.files();
        try {
            keepSummary(files);
            files.readOutput().forEach(step::output);
            files.readState().forEach(step::state);
            step.learn(files.readEnv(), files.readPath());
        } catch (FileCommands.InvalidFileCommandException e) {
            step.log().error(e.getMessage());
            step.fail();
        }
    }

    private void keepSummary(FileCommands files) throws IOException, FileCommands.InvalidFileCommandException {
        if (files.summaryTooLarge()) {
            step.log().error("$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k.");
            return;
        }
        String summary = files.readSummary();
        if (!summary.isEmpty()) {
            Files.writeString(
                    job.folders().summary(),
                    job.mask().apply(summary.endsWith("\n") ? summary : summary + "\n"),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
