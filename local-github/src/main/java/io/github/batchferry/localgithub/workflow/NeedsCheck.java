package io.github.batchferry.localgithub.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Finds jobs that wait for each other in a circle, none of which could ever begin. */
final class NeedsCheck {
    private final ToIntFunction<String> lines;
    private final WorkflowProblems problems;
    // Mutable state
    /** Jobs of which it is not known that they can begin, and which of these each still waits for. */
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();

    private final Map<String, List<String>> waitedFor = new LinkedHashMap<>();

    private NeedsCheck(List<Job> jobs, ToIntFunction<String> lines, WorkflowProblems problems) {
        this.lines = lines;
        this.problems = problems;
        for (Job job : jobs) {
            waiting.put(job.id(), new LinkedHashSet<>(job.needs()));
            job.needs()
                    .forEach(need -> waitedFor
                            .computeIfAbsent(need, id -> new ArrayList<>())
                            .add(job.id()));
        }
    }

    /**
     * Reports circles, until every other job could begin.
     *
     * @param jobs whose needs are jobs of the same list
     * @param lines the line of {@code needs} of a job
     */
    static void check(List<Job> jobs, ToIntFunction<String> lines, WorkflowProblems problems) {
        NeedsCheck check = new NeedsCheck(jobs, lines, problems);
        check.letGo(check.waiting.keySet().stream()
                .filter(id -> check.waiting.get(id).isEmpty())
                .toList());
        while (!check.waiting.isEmpty()) {
            List<String> circle = check.circle();
            check.report(circle);
            check.letGo(circle);
        }
    }

    private void letGo(List<String> ids) {
        Deque<String> free = new ArrayDeque<>(ids);
        while (!free.isEmpty()) {
            String id = free.remove();
            waiting.remove(id);
            for (String other : waitedFor.getOrDefault(id, List.of())) {
                Set<String> needs = waiting.get(other);
                if (needs != null && needs.remove(id) && needs.isEmpty()) {
                    free.add(other);
                }
            }
        }
    }

    /** Goes from need to need, all of which still wait, until it comes to one for the second time. */
    private List<String> circle() {
        Set<String> way = new LinkedHashSet<>();
        String id = waiting.keySet().iterator().next();
        while (way.add(id)) {
            id = waiting.get(id).iterator().next();
        }
        List<String> passed = List.copyOf(way);
        return passed.subList(passed.indexOf(id), passed.size());
    }

    private void report(List<String> circle) {
        String first = circle.get(0);
        String told = String.join("` needs `", circle) + "` needs `" + first;
        problems.add(lines.applyAsInt(first), "jobs wait for each other: `" + told + "`");
    }
}
