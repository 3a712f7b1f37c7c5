package io.github.batchferry.localgithub.execution.process;

import io.github.batchferry.localgithub.store.ProcessRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds and stops the processes of a job: the groups its steps were started as, their descendants, and, where there is a
 * {@code /proc}, whatever carries the job's mark in its environment.
 */
public final class JobProcesses {
    /** The variable that marks the processes of a job; GitHub's runner uses the same one. */
    public static final String MARK = "RUNNER_TRACKING_ID";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);

    private final Bash bash;
    private final String trackingId;

    /** @param trackingId value of the mark */
    public JobProcesses(Bash bash, String trackingId) {
        this.bash = bash;
        this.trackingId = trackingId;
    }

    /** Stops one step with everything below it. */
    public void stopStep(ProcessRecord leader, Duration grace, BooleanSupplier hurry) {
        stop(List.of(leader), process -> false, grace, hurry);
    }

    /** Stops everything of the job. */
    public void stopAll(List<ProcessRecord> leaders, Duration grace, BooleanSupplier hurry) {
        stop(leaders, this::marked, grace, hurry);
    }

    /** What of the job is alive, found by its mark. */
    public List<ProcessHandle> alive() {
        return ProcessHandle.allProcesses().filter(this::marked).toList();
    }

    private boolean marked(ProcessHandle process) {
        return ProcessTable.startedWith(process.pid(), MARK, trackingId);
    }

    /**
     * SIGTERM, and SIGKILL after a time of grace or as soon as there is a hurry; returns when nothing is left. The request is
     * made once: what a process starts in order to finish its work has the time of grace for it.
     */
    private void stop(
            List<ProcessRecord> leaders, Predicate<ProcessHandle> extra, Duration grace, BooleanSupplier hurry) {
        long begin = System.nanoTime();
        Set<ProcessHandle> known = new HashSet<>();
        boolean told = false;
        while (System.nanoTime() - begin < grace.plus(GIVE_UP_AFTER).toNanos()) {
            List<ProcessHandle> heads = leaders.stream()
                    .flatMap(leader -> leader.find(this::marked).stream())
                    .toList();
            heads.stream().flatMap(ProcessHandle::descendants).forEach(known::add);
            ProcessHandle.allProcesses().filter(extra).forEach(known::add);
            known.addAll(heads);
            known.removeIf(process -> !process.isAlive() || ProcessTable.zombie(process.pid()));
            if (known.isEmpty()) {
                return;
            }
            if (hurry.getAsBoolean() || System.nanoTime() - begin >= grace.toNanos()) {
                kill(heads, known);
            } else if (!told) {
                terminate(heads, known);
                told = true;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private void kill(List<ProcessHandle> heads, Set<ProcessHandle> known) {
        heads.forEach(head -> signalGroup("KILL", head.pid()));
        known.forEach(ProcessHandle::destroyForcibly);
    }

    private void terminate(List<ProcessHandle> heads, Set<ProcessHandle> known) {
        Set<Long> members = new HashSet<>();
        for (ProcessHandle head : heads) {
            members.addAll(members(head, known));
            signalGroup("TERM", head.pid());
        }
        known.stream().filter(process -> !members.contains(process.pid())).forEach(ProcessHandle::destroy);
    }

    /** Who hears a signal to the group; without a {@code /proc} all descendants are taken for members. */
    private static Set<Long> members(ProcessHandle head, Set<ProcessHandle> known) {
        Set<Long> below = head.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
        return known.stream()
                .map(ProcessHandle::pid)
                .filter(pid -> isMember(pid, head.pid(), below))
                .collect(Collectors.toSet());
    }

    /** The group is asked for once: between two looks a process may end. */
    private static boolean isMember(long pid, long group, Set<Long> below) {
        OptionalLong found = ProcessTable.group(pid);
        return found.isPresent() ? found.getAsLong() == group : below.contains(pid);
    }

    /** Java can signal single processes only; bash's own kill reaches a whole group at once. */
    private void signalGroup(String signal, long group) {
        ProcessBuilder kill = new ProcessBuilder(
                bash.executable().toString(), "-p", "-c", "kill -s \"$1\" -- \"-$2\"", "kill", signal, "" + group);
        kill.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            kill.start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            // the members are told one by one then
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
