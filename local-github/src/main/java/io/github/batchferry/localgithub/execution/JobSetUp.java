package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.workflow.ActionReference;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Step;
import io.github.batchferry.localgithub.workflow.Template;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The first step of every job: says what the job has, declares its variables and sets its time. */
final class JobSetUp {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(360);

    private final RunningJob job;
    private final StepLog log;

    JobSetUp(RunningJob job, StepLog log) {
        this.job = job;
        this.log = log;
    }

    /** @param contexts of the job, before its variables are declared */
    void run(Contexts contexts) throws StepFailedException {
        log.line("Requested labels: " + String.join(", ", job.record().labels()));
        log.line("Runs on this machine, by the embedded GitHub of Batchferry");
        logPermissions();
        log.line("Secret source: Actions");
        log.line("Prepare workflow directory");
        logActions();
        declare(contexts);
        job.stop().limit(job.settings().scaled(timeout(contexts)));
        log.line("Complete job name: " + job.record().name());
    }

    private void logPermissions() {
        Map<String, String> granted = new TreeMap<>(Map.of("Metadata", "read"));
        job.task().permissions().granted().forEach((scope, access) -> {
            if (access != Permissions.Access.NONE) {
                granted.put(words(scope), access.name().toLowerCase(Locale.ROOT));
            }
        });
        log.group("GITHUB_TOKEN Permissions");
        granted.forEach((scope, access) -> log.line(scope + ": " + access));
        log.endGroup();
    }

    private void logActions() {
        job.task().steps().steps().stream()
                .filter(Step.Uses.class::isInstance)
                .map(step -> ((Step.Uses) step).action())
                .filter(ActionReference.Published.class::isInstance)
                .distinct()
                .forEach(action -> log.line("Use the embedded action '" + action + "'"));
    }

    private static String words(String scope) {
        return Arrays.stream(scope.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private void declare(Contexts contexts) throws StepFailedException {
        Map<String, String> ofWorkflow = Evaluation.texts(job.task().workflow().env(), contexts);
        Map<String, String> ofJob = Evaluation.texts(job.task().steps().env(), contexts);
        job.environment().declare(ofWorkflow);
        job.environment().declare(ofJob);
    }

    private Duration timeout(Contexts contexts) throws StepFailedException {
        Optional<Template> minutes = job.task().steps().timeoutMinutes();
        return minutes.isEmpty()
                ? DEFAULT_TIMEOUT
                : Evaluation.minutes("timeout-minutes", minutes.get(), contexts).orElse(DEFAULT_TIMEOUT);
    }
}
