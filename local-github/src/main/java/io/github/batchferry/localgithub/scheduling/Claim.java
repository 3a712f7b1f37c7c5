package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.store.RepositoryName;
import java.util.Locale;

/**
 * What a run, or one of its jobs, has to do with a concurrency group; equal to itself only.
 */
final class Claim {
    private final RunInProgress run;
    private final JobLeg leg;
    private final String group;
    private final Manner manner;

    /**
     * How a group is claimed.
     *
     * @param cancelInProgress whether whoever holds the group is to stop
     * @param keepsWaiting whether those that wait already stay
     */
    record Manner(boolean cancelInProgress, boolean keepsWaiting) {}

    /** @param leg null for the run as a whole */
    Claim(RunInProgress run, JobLeg leg, String group, Manner manner) {
        this.run = run;
        this.leg = leg;
        this.group = group;
        this.manner = manner;
    }

    RunInProgress run() {
        return run;
    }

    /** Null for the run as a whole. */
    JobLeg leg() {
        return leg;
    }

    String group() {
        return group;
    }

    Manner manner() {
        return manner;
    }

    /** What the group is known by: its repository and its name, without regard to case. */
    String key() {
        return key(run.repository(), group);
    }

    static String key(RepositoryName repository, String group) {
        return repository + ":" + group.toLowerCase(Locale.ROOT);
    }

    /** Whether another claim can only be met once this one is given back: it is of the same run, further in. */
    boolean encloses(Claim other) {
        if (run != other.run || leg == null) {
            return run == other.run;
        }
        JobLeg outer = other.leg;
        while (outer != null && outer != leg) {
            outer = outer.node().frame().given().caller();
        }
        return outer != null;
    }

    /** The name that GitHub's messages give to who claims. */
    String claimant() {
        return leg == null ? "a top level workflow" : "'" + leg.identity().name() + "'";
    }
}
