package io.github.batchferry.localgithub.http;

import io.github.batchferry.localgithub.access.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts calls per caller and hour of the clock, and refuses those beyond a limit if that is wanted. Thread-safe. */
public final class RateLimits {
    /** Calls per hour of a caller without a token. */
    public static final int OF_ANYBODY = 60;

    private static final long HOUR = 3600;

    private final Rules rules;
    private final Clock clock;

    // Mutable state
    private final Map<String, Window> windows = new HashMap<>();

    /**
     * What is allowed.
     *
     * @param ofUser calls per hour of a user or of an installation of an App
     * @param ofJob calls per hour of all jobs of a repository
     * @param shown whether callers are told of it at all
     * @param enforced whether calls beyond are refused
     */
    public record Rules(int ofUser, int ofJob, boolean shown, boolean enforced) {
        /** What github.com allows, counted but not enforced. */
        public static final Rules USUAL = new Rules(5000, 1000, true, false);

        /** No limits, as GitHub Enterprise Server has it unless somebody turns them on. */
        public static final Rules NONE = new Rules(5000, 1000, false, false);
    }

    /**
     * Where a caller stands.
     *
     * @param limit calls per hour
     * @param used calls in this hour
     * @param reset when the hour ends, in seconds of Unix time
     */
    public record Standing(int limit, int used, long reset) {
        /** Calls left in this hour. */
        public int remaining() {
            return Math.max(0, limit - used);
        }
    }

    private record Window(long reset, int used) {}

    private record Account(String key, int limit, String refusal) {}

    public RateLimits(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Whether callers are told of limits. */
    public boolean shown() {
        return rules.shown;
    }

    /**
     * Where a caller stands; empty for one without a token.
     *
     * @param resource {@code core} or {@code graphql}, which are counted apart
     */
    public synchronized Standing standing(Optional<Caller> caller, String resource) {
        Account account = account(caller);
        Window window = window(resource + " " + account.key);
        return new Standing(account.limit, window.used, window.reset);
    }

    /** Counts a call. */
    public synchronized void count(Optional<Caller> caller, String resource) {
        String key = resource + " " + account(caller).key;
        Window window = window(key);
        windows.put(key, new Window(window.reset, window.used + 1));
    }

    /**
     * Lets a call pass.
     *
     * @throws ApiException 403 if limits are enforced and this one is used up
     */
    public void admit(Optional<Caller> caller, String resource) throws ApiException {
        if (rules.enforced && standing(caller, resource).remaining() == 0) {
            throw new ApiException(403, "API rate limit exceeded for " + account(caller).refusal);
        }
    }

    private Window window(String key) {
        long reset = (clock.instant().getEpochSecond() / HOUR + 1) * HOUR;
        return Optional.ofNullable(windows.get(key))
                .filter(known -> known.reset == reset)
                .orElse(new Window(reset, 0));
    }

    private Account account(Optional<Caller> caller) {
        if (caller.isEmpty()) {
            return new Account(
                    "",
                    OF_ANYBODY,
                    "127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit."
                            + " Check out the documentation for more details.)");
        }
        if (caller.get() instanceof Caller.Job job) {
            return new Account("job " + job.repository(), rules.ofJob, "installation.");
        }
        return new Account(
                "user " + caller.get().login(),
                rules.ofUser,
                "user " + caller.get().login() + ".");
    }
}
