package io.github.batchferry.localgithub.scheduling;

import java.util.List;
import java.util.Optional;

/**
 * A concurrency group of a repository, as long as anybody is in it.
 *
 * @param name as whoever holds it wrote it
 * @param members who holds it, then those that wait, the longest first
 */
public record ConcurrencyGroup(String name, List<Member> members) {
    /**
     * A run or a job in a group.
     *
     * @param run number of the run
     * @param job number of the job; empty for the run as a whole, or for a job that calls a workflow
     * @param holds whether it has the group; else it waits
     */
    public record Member(long run, Optional<Long> job, boolean holds) {}

    public ConcurrencyGroup {
        members = List.copyOf(members);
    }
}
