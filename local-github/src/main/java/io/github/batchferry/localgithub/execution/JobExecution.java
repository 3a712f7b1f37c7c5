package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import io.github.batchferry.localgithub.store.StepRecord;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the steps of a job one after the other, between the two steps that GitHub itself adds. */
final class JobExecution {
    private static final int SET_UP = 1;
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(2);

    private final RunningJob job;

    JobExecution(RunningJob job) {
        this.job = job;
    }

    /** Runs the job to its end; nothing it started is left when this returns. */
    JobOutcome run() {
        Conclusion conclusion = Conclusion.FAILURE;
        try {
            setUp();
            conclusion = runSteps();
        } finally {
            complete();
        }
        return new JobOutcome(conclusion, Map.of());
    }

    private void setUp() {
        job.environment().declare(job.task());
        Contexts contexts = job.environment().contextsOf(Map.of());
        List<StepRecord> steps = new ArrayList<>();
        steps.add(StepRecord.queued(SET_UP, "Set up job").begun("Set up job", now()));
        for (Step step : job.task().steps().steps()) {
            steps.add(StepRecord.queued(steps.size() + 1, name(step, contexts)));
        }
        steps.add(StepRecord.queued(steps.size() + 1, "Complete job"));
        job.update(record -> record.withSteps(steps));
        job.log().line("Requested labels: " + String.join(", ", labels()));
        job.log().line("Runs on this machine, by the embedded GitHub of Batchferry");
        job.log().line("##[group]GITHUB_TOKEN Permissions");
        job.task().permissions().granted().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> job.log()
                        .line(entry.getKey() + ": " + entry.getValue().name().toLowerCase(java.util.Locale.ROOT)));
        job.log().line("##[endgroup]");
        ended(SET_UP, Conclusion.SUCCESS);
    }

    private Conclusion runSteps() {
        Conclusion soFar = Conclusion.SUCCESS;
        int number = SET_UP;
        for (Step step : job.task().steps().steps()) {
            number++;
            if (job.stop().isAsked() && soFar == Conclusion.SUCCESS) {
                soFar = Conclusion.CANCELLED;
            }
            if (soFar != Conclusion.SUCCESS) {
                ended(number, Conclusion.SKIPPED);
                continue;
            }
            soFar = runStep(step, number);
        }
        return soFar;
    }

    private Conclusion runStep(Step step, int number) {
        Map<String, String> own = job.environment().ownOf(step);
        String name = name(step, job.environment().contextsOf(own));
        begun(number, name);
        Conclusion outcome = new StepExecution(job, (Step.Run) step, name, own).run();
        Conclusion conclusion = outcome == Conclusion.FAILURE && continuesOnError(step) ? Conclusion.SUCCESS : outcome;
        ended(number, conclusion == Conclusion.TIMED_OUT ? Conclusion.CANCELLED : conclusion);
        return conclusion;
    }

    private boolean continuesOnError(Step step) {
        return step.settings()
                .continueOnError()
                .map(template -> template.evaluate(job.environment().contextsOf(Map.of())))
                .filter("true"::equals)
                .isPresent();
    }

    private List<String> labels() {
        return job.task().run().latest().job(job.task().jobId()).orElseThrow().labels();
    }

    private String name(Step step, Contexts contexts) {
        String script = ((Step.Run) step).script().evaluate(contexts).strip();
        String name = step.settings()
                .name()
                .map(written -> written.evaluate(contexts))
                .orElseGet(() -> "Run " + script.lines().findFirst().orElse(""));
        return job.mask().apply(name);
    }

    private void complete() {
        int number = job.task().steps().steps().size() + 2;
        begun(number, "Complete job");
        try {
            job.log().line("Cleaning up orphan processes");
            job.processes().alive().forEach(this::logOrphan);
        } finally {
            job.processes()
                    .stopAll(job.leaders(), ORPHAN_GRACE, () -> job.stop().isForced());
        }
        job.outputs().joinAll();
        ended(number, Conclusion.SUCCESS);
    }

    private void logOrphan(ProcessHandle orphan) {
        String program = orphan.info().command().orElse("?");
        job.log().line("Terminate orphan process: pid (" + orphan.pid() + ") (" + program + ")");
    }

    private void begun(int number, String name) {
        try {
            job.log().step(number);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the log of step " + number, e);
        }
        job.update(record -> record.withStep(number, queued -> queued.begun(name, now())));
    }

    private void ended(int number, Conclusion how) {
        job.update((JobRecord record) -> record.withStep(number, step -> step.ended(how, now())));
    }

    private Instant now() {
        return job.settings().clock().instant();
    }
}
