package io.github.batchferry.localgithub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An environment, with the rules that stand between a job and its secrets.
 *
 * @param id number that no other environment has
 * @param name for people; the key by which jobs name it
 * @param branches which branches and tags may be deployed
 * @param policies those that may, when {@code branches} is {@link Branches#SELECTED}; else empty
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
        List<BranchPolicy> policies,
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
        policies = policies == null ? List.of() : List.copyOf(policies);
        reviewers = List.copyOf(reviewers);
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /** An environment without any rules; its number comes from its repository and its name. */
    public static EnvironmentRecord open(RepositoryName repository, String name, Instant now) {
        long id = StableId.of(repository + ":environment:" + name.toLowerCase(Locale.ROOT));
        return new EnvironmentRecord(id, name, Branches.ALL, List.of(), 0, List.of(), Map.of(), now, now);
    }

    /** Names with {@code *} and {@code **}, those of tags with {@code refs/tags/} in front. */
    public List<String> patterns() {
        return policies.stream().map(BranchPolicy::pattern).toList();
    }

    /** A policy by its number. */
    public Optional<BranchPolicy> policy(long number) {
        return policies.stream().filter(policy -> policy.id() == number).findFirst();
    }

    /** The same environment with other rules; policies that stay keep their numbers. */
    public EnvironmentRecord with(EnvironmentRules rules, Instant now) {
        List<BranchPolicy> kept = policies.stream()
                .filter(policy -> rules.patterns().contains(policy.pattern()))
                .toList();
        EnvironmentRecord changed = new EnvironmentRecord(
                id, name, rules.branches(), kept, rules.waitMinutes(), rules.reviewers(), variables, createdAt, now);
        for (String pattern : rules.patterns()) {
            changed = changed.withPattern(pattern, now);
        }
        return changed;
    }

    /** The same environment with one more policy, unless there is such a one. */
    public EnvironmentRecord withPattern(String pattern, Instant now) {
        if (patterns().contains(pattern)) {
            return this;
        }
        List<BranchPolicy> more = new ArrayList<>(policies);
        more.add(BranchPolicy.of(id, pattern, policies));
        return withPolicies(more, now);
    }

    /** The same environment with a policy in the place of the one that has its number. */
    public EnvironmentRecord with(BranchPolicy changed, Instant now) {
        return withPolicies(
                policies.stream()
                        .map(policy -> policy.id() == changed.id() ? changed : policy)
                        .toList(),
                now);
    }

    /** The same environment without a policy. */
    public EnvironmentRecord withoutPolicy(long number, Instant now) {
        return withPolicies(
                policies.stream().filter(policy -> policy.id() != number).toList(), now);
    }

    private EnvironmentRecord withPolicies(List<BranchPolicy> others, Instant now) {
        return new EnvironmentRecord(id, name, branches, others, waitMinutes, reviewers, variables, createdAt, now);
    }

    /** The same environment with other variables. */
    public EnvironmentRecord with(Map<String, VariableRecord> others) {
        return new EnvironmentRecord(
                id, name, branches, policies, waitMinutes, reviewers, others, createdAt, updatedAt);
    }
}
