package io.github.batchferry.localgithub.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The largest numbers that runs which were deleted had: none is ever given again.
 *
 * @param id of a run or a job
 * @param runs repository and path of a workflow to the largest number of its runs
 */
record GivenNumbers(long id, Map<String, Integer> runs) {
    static final GivenNumbers NONE = new GivenNumbers(0, Map.of());

    GivenNumbers {
        runs = Collections.unmodifiableMap(new TreeMap<>(runs));
    }

    private static String key(RepositoryName repository, String workflowPath) {
        return repository + ":" + workflowPath;
    }

    int number(RepositoryName repository, String workflowPath) {
        return runs.getOrDefault(key(repository, workflowPath), 0);
    }

    /** The numbers without those of a repository that is no more; one of the same name counts from 1 again. */
    GivenNumbers without(RepositoryName repository) {
        Map<String, Integer> fewer = new TreeMap<>(runs);
        fewer.keySet().removeIf(key -> key.startsWith(repository + ":"));
        return new GivenNumbers(id, fewer);
    }

    /** The numbers with those of a run that is about to go. */
    GivenNumbers with(RunRecord run, long largestId) {
        Map<String, Integer> more = new TreeMap<>(runs);
        more.merge(key(run.repositoryName(), run.workflowPath()), run.number(), Math::max);
        return new GivenNumbers(Math.max(id, largestId), more);
    }
}
