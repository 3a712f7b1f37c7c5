package io.github.batchferry.localgithub.workflow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Finds jobs that wait for each other in a circle, none of which could ever begin. */
final class NeedsCheck {
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final ToIntFunction<String> lines;
    private final WorkflowProblems problems;
    // Mutable state
    private final Set<String> done = new HashSet<>();

    private NeedsCheck(ToIntFunction<String> lines, WorkflowProblems problems) {
        this.lines = lines;
        this.problems = problems;
    }

    /**
     * Reports every circle, once.
     *
     * @param lines the line of {@code needs} of a job
     */
    static void check(List<Job> jobs, ToIntFunction<String> lines, WorkflowProblems problems) {
        NeedsCheck check = new NeedsCheck(lines, problems);
        jobs.forEach(job -> check.jobs.put(job.id(), job));
        check.jobs.keySet().forEach(id -> check.follow(id, List.of()));
    }

    private void follow(String id, List<String> way) {
        if (way.contains(id)) {
            report(way.subList(way.indexOf(id), way.size()));
        } else if (!done.contains(id)) {
            List<String> further = new ArrayList<>(way);
            further.add(id);
            jobs.get(id).needs().forEach(need -> follow(need, further));
            done.add(id);
        }
    }

    private void report(List<String> circle) {
        String first = circle.get(0);
        String told = String.join("` needs `", circle) + "` needs `" + first;
        problems.add(lines.applyAsInt(first), "jobs wait for each other: `" + told + "`");
    }
}
