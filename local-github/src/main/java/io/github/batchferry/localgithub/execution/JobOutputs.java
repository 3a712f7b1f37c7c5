package io.github.batchferry.localgithub.execution;

import io.github.batchferry.localgithub.execution.output.StepLog;
import io.github.batchferry.localgithub.workflow.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the outputs of a job, once its steps are over. */
final class JobOutputs {
    private static final long LARGEST = 1L << 20; // bytes of UTF-16, all outputs together

    private final RunningJob job;
    private final StepLog log;

    JobOutputs(RunningJob job, StepLog log) {
        this.job = job;
        this.log = log;
    }

    /** The outputs that have a value and show no secret; if one has none at all, the job fails. */
    Map<String, String> evaluate(StepScope scope) {
        Map<String, Template> declared = job.task().steps().outputs();
        if (declared.isEmpty()) {
            return Map.of();
        }
        log.line("Evaluate and set job outputs");
        try {
            Map<String, String> values = shown(Evaluation.texts(declared, scope.contexts(Map.of(), Map.of())));
            refuseIfTooLarge(values);
            return values;
        } catch (StepFailedException e) {
            log.error("Fail to evaluate job outputs");
            log.error(e.getMessage());
            job.status().fail();
            return Map.of();
        }
    }

    private Map<String, String> shown(Map<String, String> all) {
        Map<String, String> values = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value.isEmpty()) {
                log.debug("Skip output '" + name + "' since it's empty");
            } else if (!job.mask().apply(value).equals(value)) {
                log.warning("Skip output '" + name + "' since it may contain secret.");
            } else {
                log.line("Set output '" + name + "'");
                values.put(name, value);
            }
        });
        return values;
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
}
