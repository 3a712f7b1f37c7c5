package io.github.batchferry.localgithub.scheduling.plan;

import io.github.batchferry.localgithub.store.JobRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which jobs of an attempt the next one takes over, when not all are to run again. */
public final class RerunSelection {
    private final Predicate<JobRecord> again;

    /** A record and what is left of its key inside the workflow that is looked at. */
    private record Placed(JobRecord record, List<JobKey.Segment> rest) {
        private Placed inside() {
            return new Placed(record, rest.subList(1, rest.size()));
        }
    }

    private RerunSelection(Predicate<JobRecord> again) {
        this.again = again;
    }

    /**
     * The records to take over: all but those that are to run again and those of jobs that wait for one of them, directly
     * or not.
     */
    public static List<JobRecord> takenOver(
            PlannedWorkflow root, List<JobRecord> previous, Predicate<JobRecord> again) {
        List<Placed> placed = previous.stream()
                .map(record -> new Placed(record, JobKey.parse(record.key()).segments()))
                .toList();
        return new RerunSelection(again)
                .kept(root, placed).stream().map(Placed::record).toList();
    }

    private List<Placed> kept(PlannedWorkflow workflow, List<Placed> records) {
        Map<String, List<Placed>> byJob = new LinkedHashMap<>();
        records.forEach(placed -> byJob.computeIfAbsent(placed.rest.get(0).job(), job -> new ArrayList<>())
                .add(placed));
        Set<String> touched = new LinkedHashSet<>();
        byJob.forEach((job, legs) -> {
            if (legs.stream().anyMatch(leg -> again.test(leg.record))) {
                touched.add(job);
            }
        });
        Set<String> affected = JobGraph.of(workflow.workflow()).withDependents(touched);
        List<Placed> kept = new ArrayList<>();
        byJob.forEach((job, legs) -> {
            if (!affected.contains(job)) {
                kept.addAll(legs);
            } else if (touched.contains(job) && !waitsForTouched(workflow, job, touched)) {
                kept.addAll(
                        workflow.calls().containsKey(job)
                                ? keptOfCall(workflow.calls().get(job), legs)
                                : done(legs));
            }
        });
        return kept;
    }

    private static boolean waitsForTouched(PlannedWorkflow workflow, String job, Set<String> touched) {
        return JobGraph.of(workflow.workflow()).ancestors(job).stream().anyMatch(touched::contains);
    }

    private List<Placed> done(List<Placed> legs) {
        return legs.stream().filter(leg -> !again.test(leg.record)).toList();
    }

    private List<Placed> keptOfCall(PlannedWorkflow called, List<Placed> legs) {
        Map<Integer, List<Placed>> byLeg = new LinkedHashMap<>();
        legs.stream()
                .filter(leg -> leg.rest.size() > 1)
                .forEach(leg -> byLeg.computeIfAbsent(leg.rest.get(0).leg(), number -> new ArrayList<>())
                        .add(leg.inside()));
        return byLeg.values().stream()
                .flatMap(inner -> kept(called, inner).stream())
                .toList();
    }
}
