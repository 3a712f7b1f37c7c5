package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One step of a running job: its script, its process, what it leaves behind for the next ones. */
final class StepExecution {
    private final RunningJob job;
    private final Step.Run step;
    private final String name;
    private final Map<String, String> own;
    private final Contexts contexts;

    /**
     * @param job the job it belongs to
     * @param name its name for people
     * @param own the variables of its own {@code env}
     */
    StepExecution(RunningJob job, Step.Run step, String name, Map<String, String> own) {
        this.job = job;
        this.step = step;
        this.name = name;
        this.own = own;
        this.contexts = job.environment().contextsOf(own);
    }

    /**
     * Runs the step to its end.
     *
     * @return success, failure, cancelled, or timed out if the job's time ran out
     */
    Conclusion run() {
        try {
            return runScript();
        } catch (IOException | IllegalArgumentException e) {
            job.log().error("An error occurred trying to start the step: " + e.getMessage());
            return Conclusion.FAILURE;
        }
    }

    private Conclusion runScript() throws IOException {
        String text = step.script().evaluate(contexts);
        logHeader(text);
        Path directory = directory();
        FileCommands files = FileCommands.create(job.folders().commands());
        Path script = job.folders().temp().resolve(UUID.randomUUID() + ".sh");
        Files.writeString(script, text);
        try (StepProcess process = StepProcess.start(
                job.settings().bash(), script, job.environment().all(own, files), directory)) {
            job.remember(process.leader());
            Thread output = job.outputs().copy(process.output(), job.log());
            process.go();
            Conclusion conclusion = await(process, output);
            boolean takenOver = takeOver(files);
            return takenOver || conclusion != Conclusion.SUCCESS ? conclusion : Conclusion.FAILURE;
        }
    }

    private Path directory() throws IOException {
        Path workspace = job.folders().workspace();
        Path directory = step.workingDirectory()
                .map(relative -> workspace.resolve(relative.evaluate(contexts)))
                .orElse(workspace);
        if (!Files.isDirectory(directory)) {
            throw new IOException("no working directory `" + directory + "`");
        }
        return directory;
    }

    private void logHeader(String script) {
        JobLog log = job.log();
        log.line("##[group]Run " + script.lines().findFirst().orElse(""));
        log.lines(script);
        log.line("shell: " + job.settings().bash().executable() + " --noprofile --norc -eo pipefail {0}");
        Map<String, String> env = job.environment().declaredFor(own);
        if (!env.isEmpty()) {
            log.line("env:");
            env.forEach((variable, value) -> log.lines("  " + variable + ": " + value));
        }
        log.line("##[endgroup]");
    }

    /** Waits for the end; what ended it is logged after the last words of the step, which tell why. */
    private Conclusion await(StepProcess process, Thread output) {
        Duration jobsTime = job.timeLeft();
        Duration time = job.environment()
                .minutes(step.settings().timeoutMinutes(), contexts)
                .filter(own -> own.compareTo(jobsTime) < 0)
                .orElse(jobsTime);
        CompletableFuture<Integer> exit = process.exit();
        try {
            CompletableFuture.anyOf(exit, job.stop().whenAsked()).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop(process);
            job.outputs().join(output);
            return timedOut(time.equals(jobsTime), time);
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            job.stop().force();
        }
        if (!exit.isDone()) {
            stop(process);
            job.outputs().join(output);
            job.log().error("The operation was canceled.");
            return Conclusion.CANCELLED;
        }
        job.outputs().join(output);
        return concluded(exit.join());
    }

    private Conclusion concluded(int exitCode) {
        if (exitCode == 0) {
            return Conclusion.SUCCESS;
        }
        job.log().error("Process completed with exit code " + exitCode + ".");
        return Conclusion.FAILURE;
    }

    private void stop(StepProcess process) {
        job.processes()
                .stopStep(
                        process.leader(),
                        job.settings().stopGrace(),
                        () -> job.stop().isForced());
    }

    private Conclusion timedOut(boolean wholeJob, Duration time) {
        String minutes = Math.max(1, time.toMinutes()) + " minutes.";
        job.log()
                .error(
                        wholeJob
                                ? "The job has exceeded its maximum execution time."
                                : "The action '" + name + "' has timed out after " + minutes);
        return wholeJob ? Conclusion.TIMED_OUT : Conclusion.FAILURE;
    }

    /** What the step left in its files is for the steps after it; false, and said, if it is of no use. */
    private boolean takeOver(FileCommands files) throws IOException {
        try {
            keepSummary(files);
            files.checkOutput();
            job.environment().learn(files.readEnv(), files.readPath());
            return true;
        } catch (FileCommands.InvalidFileCommandException e) {
            job.log().error(e.getMessage());
            return false;
        }
    }

    private void keepSummary(FileCommands files) throws IOException, FileCommands.InvalidFileCommandException {
        if (files.summaryTooLarge()) {
            job.log().error("$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k.");
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
