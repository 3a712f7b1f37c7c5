package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.scheduling.plan.ConcurrencyGroups;
import io.github.batchferry.localgithub.store.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where runs and jobs claim concurrency groups. Not thread-safe: the queue's monitor guards it. */
final class ClaimDesk {
    private final ConcurrencyGroups<Claim> groups = new ConcurrencyGroups<>();
    private final Consumer<RunInProgress> touched;

    /** @param touched told of runs that something happened to, because of others */
    ClaimDesk(Consumer<RunInProgress> touched) {
        this.touched = touched;
    }

    /** How a claim fares. */
    enum Answer {
        GRANTED,
        WAIT,
        /** There is no room to wait. */
        REFUSED,
        /** It would wait for itself. */
        DEADLOCK
    }

    /** Who holds the group of a claim now. */
    Optional<Claim> holder(Claim claim) {
        return groups.holder(claim.key());
    }

    /** Claims a group; those that must make way are told. */
    Answer enter(Claim claim) {
        Optional<Claim> holder = holder(claim);
        if (holder.filter(held -> held.encloses(claim)).isPresent()) {
            return Answer.DEADLOCK;
        }
        ConcurrencyGroups.Entry<Claim> entry =
                groups.enter(claim.key(), claim, claim.manner().keepsWaiting());
        if (entry.evicted().contains(claim)) {
            return Answer.REFUSED;
        }
        entry.evicted().forEach(this::supersede);
        if (!entry.granted() && claim.manner().cancelInProgress()) {
            holder.ifPresent(this::supersede);
        }
        // whoever had not begun yet made way at once, and the group went to this claim meanwhile
        boolean granted = entry.granted() || holder(claim).filter(claim::equals).isPresent();
        return granted ? Answer.GRANTED : Answer.WAIT;
    }

    private void supersede(Claim claim) {
        claim.run().superseded(claim);
        touched.accept(claim.run());
    }

    /** Gives a claim back; who gets the group by that is told. */
    void leave(Claim claim) {
        groups.leave(claim.key(), claim).ifPresent(next -> {
            next.run().granted(next);
            touched.accept(next.run());
        });
    }

    /** The groups of a repository, with everybody in them. */
    List<ConcurrencyGroup> of(RepositoryName repository) {
        List<ConcurrencyGroup> all = new ArrayList<>();
        for (Map.Entry<String, List<Claim>> group : groups.members().entrySet()) {
            Claim first = group.getValue().get(0);
            if (first.run().repository().equals(repository)) {
                all.add(new ConcurrencyGroup(first.group(), members(group.getValue())));
            }
        }
        return all;
    }

    private static List<ConcurrencyGroup.Member> members(List<Claim> claims) {
        return claims.stream()
                .map(claim -> new ConcurrencyGroup.Member(
                        claim.run().id(),
                        claim.leg() == null || claim.leg().id() == 0
                                ? Optional.empty()
                                : Optional.of(claim.leg().id()),
                        claim == claims.get(0)))
                .toList();
    }
}
