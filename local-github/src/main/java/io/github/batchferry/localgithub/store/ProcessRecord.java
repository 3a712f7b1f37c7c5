package io.github.batchferry.localgithub.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A process as it can be found again. The start makes it unique: a number that was given to another process since does
 * not match.
 *
 * @param pid its number
 * @param start when it began, as the operating system says; null where it does not
 */
public record ProcessRecord(long pid, Instant start) {
    private static final Duration FORGIVEN = Duration.ofSeconds(2);

    /** Notes a process that is alive. */
    public static ProcessRecord of(ProcessHandle process) {
        return new ProcessRecord(process.pid(), process.info().startInstant().orElse(null));
    }

    /**
     * The process, if it is still alive; never another one of the same number.
     *
     * @param known tells by other means that a process is the one. Only then a difference of up to two seconds is
     *     forgiven: the system's idea of when it booted, and with it every start, moves when its clock is set
     */
    public Optional<ProcessHandle> find(Predicate<ProcessHandle> known) {
        return start == null
                ? Optional.empty()
                : ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> matches(process, known));
    }

    private boolean matches(ProcessHandle process, Predicate<ProcessHandle> known) {
        Optional<Duration> difference = process.info()
                .startInstant()
                .map(instant -> Duration.between(start, instant).abs());
        return difference.filter(Duration::isZero).isPresent()
                || difference.filter(some -> some.compareTo(FORGIVEN) <= 0).isPresent() && known.test(process);
    }
}
