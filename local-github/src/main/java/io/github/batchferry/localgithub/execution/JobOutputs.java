package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.workflow.Job;
import io.github.batchferry.localgithub.workflow.Template;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a job tells others of itself, once its steps are over. */
final class JobOutputs {
    private static final long LARGEST = 1L << 20; // bytes of UTF-16, all outputs together

    private final RunningJob job;
    private final StepScope scope;

    // Mutable state
    private Map<String, String> values = Map.of();
    private Optional<String> environmentUrl = Optional.empty();

    JobOutputs(RunningJob job, StepScope scope) {
        this.job = job;
        this.scope = scope;
    }

    /** The outputs that have a value and show no secret. */
    Map<String, String> values() {
        return values;
    }

    /** Where people find what was deployed. */
    Optional<String> environmentUrl() {
        return environmentUrl;
    }

    /** Finds them; if an output has no value at all, the job fails. */
    void evaluate(StepLog log) {
        Map<String, Template> declared = job.task().steps().outputs();
        try {
            if (!declared.isEmpty()) {
                log.line("Evaluate and set job outputs");
                Map<String, String> all = shown(evaluated(declared), log);
                refuseIfTooLarge(all);
                values = all;
            }
        } catch (StepFailedException e) {
            log.error("Fail to evaluate job outputs");
            log.error(e.getMessage());
            job.status().fail();
        }
        job.task().steps().environment().flatMap(Job.Environment::url).ifPresent(url -> evaluateUrl(url, log));
    }

    private Map<String, String> evaluated(Map<String, Template> templates) throws StepFailedException {
        return Evaluation.texts(templates, scope.contexts(Map.of(), Map.of()));
    }

    private Map<String, String> shown(Map<String, String> all, StepLog log) {
        Map<String, String> shown = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value.isEmpty()) {
                log.debug("Skip output '" + name + "' since it's empty");
            } else if (showsSecret(value)) {
                log.warning("Skip output '" + name + "' since it may contain secret.");
            } else {
                log.line("Set output '" + name + "'");
                shown.put(name, value);
            }
        });
        return shown;
    }

    private boolean showsSecret(String value) {
        return !job.mask().apply(value).equals(value);
    }

    private static void refuseIfTooLarge(Map<String, String> values) throws StepFailedException {
        long size = values.entrySet().stream()
                .mapToLong(
                        each -> 2L * (each.getKey().length() + each.getValue().length()))
                .sum();
        if (size > LARGEST) {
            throw new StepFailedException("The outputs of the job take " + size
                    + " bytes, and 1 MB is allowed; put large values into an artifact");
        }
    }

    private void evaluateUrl(Template template, StepLog log) {
        log.line("Evaluate and set environment url");
        try {
            String url = evaluated(Map.of("url", template)).get("url");
            if (showsSecret(url)) {
                log.warning("Skip setting environment url as environment '"
                        + job.record().environment() + "' may contain secret.");
            } else if (isLink(url)) {
                log.line("Evaluated environment url: " + url);
                environmentUrl = Optional.of(url);
            } else if (!url.isEmpty()) {
                log.warning("Skip setting environment url as '" + url + "' is no http or https URL.");
            }
        } catch (StepFailedException e) {
            log.error("Failed to evaluate environment url");
            log.error(e.getMessage());
            job.status().fail();
        }
    }

    private static boolean isLink(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null && url.matches("(?i)https?://.*");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
