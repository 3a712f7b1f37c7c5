package io.github.batchferry.localgithub.store;

import io.github.batchferry.localgithub.store.EnvironmentRecord.Branches;
import java.util.List;

/**
 * What stands between a job and the secrets of an environment.
 *
 * @param branches which branches and tags may be deployed
 * @param patterns names of branches, with {@code *} and {@code **}, and of tags, with {@code refs/tags/} in front; only
 *     when {@code branches} is {@link Branches#SELECTED}
 * @param waitMinutes minutes that a job waits before it starts, up to 30 days
 * @param reviewers logins of whom one must approve, at most 6; empty if nobody needs to
 */
public record EnvironmentRules(Branches branches, List<String> patterns, int waitMinutes, List<String> reviewers) {
    /** Minutes that a job can be made to wait at most. */
    public static final int LONGEST_WAIT = 43_200;

    /** How many can be asked for an approval. */
    public static final int MOST_REVIEWERS = 6;

    /** Lets every job through at once. */
    public static final EnvironmentRules NONE = new EnvironmentRules(Branches.ALL, List.of(), 0, List.of());

    /** @throws IllegalArgumentException if GitHub would not take such rules */
    public EnvironmentRules {
        patterns = List.copyOf(patterns);
        reviewers = List.copyOf(reviewers);
        if (branches != Branches.SELECTED && !patterns.isEmpty()) {
            throw new IllegalArgumentException("patterns " + patterns + " need branches SELECTED, not " + branches);
        }
        if (waitMinutes < 0 || waitMinutes > LONGEST_WAIT) {
            throw new IllegalArgumentException(
                    "invalid wait of `" + waitMinutes + "` minutes: expected 0 to " + LONGEST_WAIT);
        }
        if (reviewers.size() > MOST_REVIEWERS) {
            throw new IllegalArgumentException(
                    reviewers.size() + " reviewers are too many: expected at most " + MOST_REVIEWERS);
        }
    }

    /** Lets only jobs of protected branches through. */
    public static EnvironmentRules protectedBranches() {
        return new EnvironmentRules(Branches.PROTECTED, List.of(), 0, List.of());
    }

    /** Lets only jobs of some branches and tags through. */
    public static EnvironmentRules selected(String... patterns) {
        return new EnvironmentRules(Branches.SELECTED, List.of(patterns), 0, List.of());
    }

    /** The same rules with another time to wait. */
    public EnvironmentRules waiting(int minutes) {
        return new EnvironmentRules(branches, patterns, minutes, reviewers);
    }

    /** The same rules with others who may approve. */
    public EnvironmentRules reviewedBy(String... logins) {
        return new EnvironmentRules(branches, patterns, waitMinutes, List.of(logins));
    }
}
