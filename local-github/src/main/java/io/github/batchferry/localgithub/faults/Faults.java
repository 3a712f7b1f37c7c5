package io.github.batchferry.localgithub.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The faults of an embedded GitHub. Without rules all goes well. For each call the first rule that matches and is not
 * used up decides; rules before it that still skip calls count this one. Thread-safe.
 */
public final class Faults {
    // Mutable state
    private final List<Counted> rules = new ArrayList<>();
    private final List<Hit> hits = new ArrayList<>();

    /** A call that went wrong. */
    public record Hit(FaultRule rule, String method, String path) {}

    private static final class Counted {
        private final FaultRule rule;

        // Mutable state
        private int matched;

        Counted(FaultRule rule) {
            this.rule = rule;
        }

        boolean takes() {
            matched++;
            return matched > rule.skip()
                    && (rule.times().isEmpty()
                            || matched <= rule.skip() + rule.times().getAsInt());
        }
    }

    /** Adds a rule behind the others. */
    public synchronized void add(FaultRule rule) {
        rules.add(new Counted(rule));
    }

    /** Lets all go well again; the hits are kept. */
    public synchronized void clear() {
        rules.clear();
    }

    /** The calls that went wrong so far, in their order. */
    public synchronized List<Hit> hits() {
        return List.copyOf(hits);
    }

    /** What goes wrong with a call, which is counted. */
    synchronized Optional<Fault> next(String method, String path, Set<String> parameters) {
        for (Counted counted : rules) {
            if (counted.rule.matches(method, path, parameters) && counted.takes()) {
                hits.add(new Hit(counted.rule, method, path));
                return Optional.of(counted.rule.fault());
            }
        }
        return Optional.empty();
    }
}
