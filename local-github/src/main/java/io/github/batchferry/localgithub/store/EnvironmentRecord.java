package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An environment, with the rules that stand between a job and its secrets.
 *
 * @param id number that no other environment has
 * @param name for people; the key by which jobs name it
 * @param branches which branches and tags may be deployed
 * @param patterns names, with {@code *} and {@code **}, when {@code branches} is {@link Branches#SELECTED}
 * @param waitMinutes minutes that a job waits before it starts
 * @param reviewers logins of whom one must approve; empty if nobody needs to
 * @param variables name in capital letters to value; they go before those of the repository
 * @param createdAt when it was created
 * @param updatedAt when its rules last changed
 */
public record EnvironmentRecord(
        long id,
        String name,
        Branches branches,
        List<String> patterns,
        int waitMinutes,
        List<String> reviewers,
        Map<String, VariableRecord> variables,
        Instant createdAt,
        Instant updatedAt) {
    /** Which branches and tags may be deployed to an environment. */
    public enum Branches {
        ALL,
        PROTECTED,
        SELECTED
    }

    public EnvironmentRecord {
        patterns = List.copyOf(patterns);
        reviewers = List.copyOf(reviewers);
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /** An environment without any rules. */
    public static EnvironmentRecord open(long id, String name, Instant now) {
        return new EnvironmentRecord(id, name, Branches.ALL, List.of(), 0, List.of(), Map.of(), now, now);
    }
}
