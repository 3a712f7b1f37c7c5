package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is known of a job.
 *
 * @param id number that no other job or run has
 * @param key tells it from the other jobs of its attempt, also over attempts: its id in the file, with the ids of the
 *     calling jobs in front ({@code call/build}) and the number of its leg of a matrix behind ({@code build#2}, from 1)
 * @param name for people
 * @param attempt number of the attempt in which it ran; a re-run of failed jobs takes the others over
 * @param labels of {@code runs-on}
 * @param environment its deployment environment; null for none
 * @param environmentUrl where people find what it deployed; null if nobody said
 * @param status where it stands
 * @param conclusion how it ended; null before
 * @param createdAt when it was known
 * @param startedAt when it left the queue; when it was created, before that
 * @param completedAt null before
 * @param steps in order; empty while it is queued
 * @param outputs what it hands to the jobs that need it; empty before it is over
 * @param annotations remarks about it, in order
 * @param trackingId random mark that every process of the job carries in its environment
 * @param processes leaders of the process groups that its steps were started as
 */
public record JobRecord(
        long id,
        String key,
        String name,
        int attempt,
        List<String> labels,
        String environment,
        String environmentUrl,
        Status status,
        Conclusion conclusion,
        Instant createdAt,
        Instant startedAt,
        Instant completedAt,
        List<StepRecord> steps,
        Map<String, String> outputs,
        List<Annotation> annotations,
        String trackingId,
        List<ProcessRecord> processes) {
    public JobRecord {
        labels = List.copyOf(labels);
        steps = List.copyOf(steps);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        annotations = List.copyOf(annotations);
        processes = List.copyOf(processes);
    }

    /** A job that waits for its turn. */
    public static JobRecord queued(
            long id, String key, String name, int attempt, List<String> labels, String trackingId, Instant now) {
        return new JobRecord(
                id,
                key,
                name,
                attempt,
                labels,
                null,
                null,
                Status.QUEUED,
                null,
                now,
                now,
                null,
                List.of(),
                Map.of(),
                List.of(),
                trackingId,
                List.of());
    }

    /** Whether it is over. */
    public boolean over() {
        return status == Status.COMPLETED;
    }

    /** The same job, begun. */
    public JobRecord begun(Instant now) {
        return changed(Status.IN_PROGRESS, null, now, null, steps);
    }

    /** The same job, waiting: for its concurrency group, an approval, or a free place. */
    public JobRecord waiting(Status how) {
        return changed(how, null, startedAt, null, steps);
    }

    /** The same job with other steps. */
    public JobRecord withSteps(List<StepRecord> others) {
        return changed(status, conclusion, startedAt, completedAt, others);
    }

    /** The same job with one step, found by its number, changed. */
    public JobRecord withStep(int number, UnaryOperator<StepRecord> change) {
        return withSteps(steps.stream()
                .map(step -> step.number() == number ? change.apply(step) : step)
                .toList());
    }

    /** The job over; a step that was running ends the way the job did, one that had not begun is skipped. */
    public JobRecord ended(Conclusion how, Instant now) {
        List<StepRecord> last = steps.stream()
                .map(step -> switch (step.status()) {
                    case COMPLETED -> step;
                    case IN_PROGRESS -> step.ended(how, now);
                    default -> step.ended(Conclusion.SKIPPED, now);
                })
                .toList();
        return changed(Status.COMPLETED, how, startedAt, now, last);
    }

    private JobRecord changed(
            Status newStatus, Conclusion how, Instant started, Instant completed, List<StepRecord> newSteps) {
        return new JobRecord(
                id,
                key,
                name,
                attempt,
                labels,
                environment,
                environmentUrl,
                newStatus,
                how,
                createdAt,
                started,
                completed,
                newSteps,
                outputs,
                annotations,
                trackingId,
                processes);
    }

    /** The same job with outputs. */
    public JobRecord withOutputs(Map<String, String> others) {
        return facts(name, environment, environmentUrl, others, annotations, processes);
    }

    /** The same job with the address of what it deployed. */
    public JobRecord deployedTo(String url) {
        return facts(name, environment, url, outputs, annotations, processes);
    }

    /** The same job with what is only known once its expressions can be evaluated. */
    public JobRecord named(String otherName, String otherEnvironment) {
        return facts(otherName, otherEnvironment, environmentUrl, outputs, annotations, processes);
    }

    /** The same job with one more remark. */
    public JobRecord with(Annotation annotation) {
        List<Annotation> more = new ArrayList<>(annotations);
        more.add(annotation);
        return facts(name, environment, environmentUrl, outputs, more, processes);
    }

    /** The same job with one more process group. */
    public JobRecord with(ProcessRecord leader) {
        List<ProcessRecord> more = new ArrayList<>(processes);
        more.add(leader);
        return facts(name, environment, environmentUrl, outputs, annotations, more);
    }

    private JobRecord facts(
            String newName,
            String newEnvironment,
            String newUrl,
            Map<String, String> newOutputs,
            List<Annotation> newAnnotations,
            List<ProcessRecord> newProcesses) {
        return new JobRecord(
                id,
                key,
                newName,
                attempt,
                labels,
                newEnvironment,
                newUrl,
                status,
                conclusion,
                createdAt,
                startedAt,
                completedAt,
                steps,
                newOutputs,
                newAnnotations,
                trackingId,
                newProcesses);
    }
}
