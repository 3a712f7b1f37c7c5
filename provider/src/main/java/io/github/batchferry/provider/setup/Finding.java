package io.github.batchferry.provider.setup;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param level how good it is
 * @param what was looked at, such as {@code token}
 * @param found what it is like
 * @param fix what to do about it, often a command
 */
public record Finding(Level level, String what, String found, Optional<String> fix) {
    /** How good something is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Batches get through, but something is not as it should be, or could not be seen. */
        WARN,
        /** Batches do not get through. */
        FAIL
    }

    static Finding ok(String what, String found) {
        return new Finding(Level.OK, what, found, Optional.empty());
    }

    static Finding warn(String what, String found, String fix) {
        return new Finding(Level.WARN, what, found, Optional.of(fix));
    }

    static Finding fail(String what, String found, String fix) {
        return new Finding(Level.FAIL, what, found, Optional.of(fix));
    }
}
