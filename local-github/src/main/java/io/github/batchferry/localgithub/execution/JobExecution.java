package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.execution.process.StopReason;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.StepRecord;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the steps of a job one after the other, between the two steps that GitHub itself adds. */
final class JobExecution {
    private static final int SET_UP = 1;
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(2);

    private final RunningJob job;
    private final StepScope scope;
    private final StepBodies bodies;

    JobExecution(RunningJob job) {
        this.job = job;
        this.scope = new StepScope(job, Optional.empty(), job.status());
        this.bodies = StepBodies.ofJob(job.task());
    }

    /** Runs the job to its end; nothing it started is left when this returns. */
    JobOutcome run() {
        JobOutputs outputs = new JobOutputs(job, scope);
        try {
            if (setUp()) {
                runSteps();
                runPosts();
            }
        } finally {
            complete(outputs);
        }
        return new JobOutcome(conclusion(), outputs.values(), outputs.environmentUrl());
    }

    private Conclusion conclusion() {
        Optional<StopReason> stopped = job.stop().reason();
        if (stopped.isPresent()) {
            return stopped.get() == StopReason.JOB_TIMED_OUT ? Conclusion.TIMED_OUT : Conclusion.CANCELLED;
        }
        return job.status().now();
    }

    private boolean setUp() {
        StepLog log = job.stepLog();
        Contexts contexts = scope.contexts(Map.of(), Map.of());
        List<StepRecord> steps = new ArrayList<>();
        steps.add(StepRecord.queued(SET_UP, "Set up job").begun("Set up job", now()));
        for (Step step : job.task().steps().steps()) {
            steps.add(StepRecord.queued(steps.size() + 1, job.mask().apply(StepNames.foretold(step, contexts))));
        }
        steps.add(StepRecord.queued(steps.size() + 1, "Complete job"));
        job.update(record -> record.withSteps(steps));
        try {
            new JobSetUp(job, log).run(contexts);
            ended(SET_UP, Conclusion.SUCCESS);
            return true;
        } catch (StepFailedException e) {
            log.error(e.getMessage());
            job.status().fail();
            ended(SET_UP, Conclusion.FAILURE);
            return false;
        }
    }

    private void runSteps() {
        int number = SET_UP;
        for (Step step : job.task().steps().steps()) {
            int own = ++number;
            job.log().step(own);
            StepResult result = job.stop().isOver()
                    ? StepResult.skipped()
                    : new StepExecution(
                                    scope,
                                    step,
                                    bodies.of(step),
                                    job.stepLog(),
                                    Optional.empty(),
                                    title -> begun(own, title))
                            .run();
            ended(own, result.conclusion());
        }
    }

    private void runPosts() {
        int number = job.task().steps().steps().size() + SET_UP;
        while (!job.posts().isEmpty()) {
            number++;
            PostSteps.Post post = job.posts().next();
            job.log().step(number);
            begun(number, job.mask().apply(post.title()));
            Conclusion worst = Conclusion.SUCCESS;
            for (PostSteps.Task task : post.tasks()) {
                Conclusion conclusion = task.run();
                worst = conclusion == Conclusion.SUCCESS ? worst : conclusion;
            }
            if (worst == Conclusion.FAILURE) {
                job.status().fail();
            }
            ended(number, worst);
        }
    }

    private void complete(JobOutputs outputs) {
        int number = job.record().steps().size();
        StepLog log = job.stepLog();
        job.log().step(number);
        boolean failedBefore = job.status().hasFailed();
        try {
            begun(number, "Complete job");
            outputs.evaluate(log);
            log.line("Cleaning up orphan processes");
            job.processes().alive().forEach(orphan -> logOrphan(log, orphan));
        } finally {
            // also when not even the record of the job can be written
            job.processes().stopAll(job.leaders(), ORPHAN_GRACE, job.stop()::isOver);
        }
        job.outputs().joinAll();
        ended(number, job.status().hasFailed() && !failedBefore ? Conclusion.FAILURE : Conclusion.SUCCESS);
    }

    private static void logOrphan(StepLog log, ProcessHandle orphan) {
        String program = orphan.info().command().orElse("?");
        log.line("Terminate orphan process: pid (" + orphan.pid() + ") (" + program + ")");
    }

    private void begun(int number, String name) {
        job.update(record -> record.withStep(number, queued -> queued.begun(name, now())));
    }

    private void ended(int number, Conclusion how) {
        job.update(record -> record.withStep(number, step -> step.ended(how, now())));
    }

    private Instant now() {
        return job.settings().clock().instant();
    }
}
