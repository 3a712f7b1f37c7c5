package io.github.batchferry.localgithub.scheduling.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The concurrency groups: in each, one claim holds and others wait. Not thread-safe.
 *
 * @param <C> what claims; compared by {@code equals}
 */
public final class ConcurrencyGroups<C> {
    private static final int MOST_WAITING = 100;

    // Mutable state
    private final Map<String, Group<C>> groups = new LinkedHashMap<>();

    private static final class Group<C> {
        // Mutable state
        private C holder;
        private final Deque<C> waiting = new ArrayDeque<>();

        private Group(C holder) {
            this.holder = holder;
        }
    }

    /**
     * What becomes of a claim that enters.
     *
     * @param granted whether it holds the group now
     * @param evicted those that wait no longer and are to be cancelled; the claim itself if there was no room for it
     */
    public record Entry<C>(boolean granted, List<C> evicted) {}

    /**
     * Claims a group.
     *
     * @param keepsWaiting whether those that wait already stay, up to 100 of them, instead of making way
     */
    public Entry<C> enter(String key, C claim, boolean keepsWaiting) {
        Group<C> group = groups.get(key);
        if (group == null) {
            groups.put(key, new Group<>(claim));
            return new Entry<>(true, List.of());
        }
        if (keepsWaiting && group.waiting.size() >= MOST_WAITING) {
            return new Entry<>(false, List.of(claim));
        }
        List<C> evicted = keepsWaiting ? List.of() : List.copyOf(group.waiting);
        group.waiting.removeAll(evicted);
        group.waiting.add(claim);
        return new Entry<>(false, evicted);
    }

    /** Who holds a group. */
    public Optional<C> holder(String key) {
        return Optional.ofNullable(groups.get(key)).map(group -> group.holder);
    }

    /** Gives a claim back, held or waiting; the one that holds the group now because of that. */
    public Optional<C> leave(String key, C claim) {
        Group<C> group = groups.get(key);
        if (group == null || !group.holder.equals(claim)) {
            if (group != null) {
                group.waiting.remove(claim);
            }
            return Optional.empty();
        }
        if (group.waiting.isEmpty()) {
            groups.remove(key);
            return Optional.empty();
        }
        group.holder = group.waiting.poll();
        return Optional.of(group.holder);
    }

    /** Everybody in every group: the holder first, then those that wait, the longest first. */
    public Map<String, List<C>> members() {
        Map<String, List<C>> members = new LinkedHashMap<>();
        groups.forEach((key, group) -> {
            List<C> all = new ArrayList<>(List.of(group.holder));
            all.addAll(group.waiting);
            members.put(key, all);
        });
        return members;
    }
}
