package io.github.batchferry.runner.testing;

import io.github.batchferry.runner.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** An event loop whose clock stands still until a test moves it. Tasks run on the thread of the test. */
public final class ManualEventLoop implements EventLoop {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));

    // Mutable state
    private Instant now = Instant.parse("2026-01-15T09:30:00Z");
    private long made;

    private record Task(Instant due, long number, Runnable work) {}

    @Override
    public synchronized void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable work) {
        Task task = new Task(now.plus(delay.isNegative() ? Duration.ZERO : delay), made++, work);
        tasks.add(task);
        return () -> cancel(task);
    }

    /** Runs what is due now, and what that makes due. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** Moves the clock, stopping at each task that falls due on the way. */
    public void advance(Duration time) {
        Instant end = now().plus(time);
        for (Task task = pollDue(end); task != null; task = pollDue(end)) {
            task.work().run();
        }
        moveTo(end);
    }

    /**
     * Runs everything there is, however far in the future.
     *
     * @throws AssertionError if more than so many tasks ran: they probably make each other for ever
     */
    public void runAll(int atMost) {
        for (int ran = 0; ran < atMost; ran++) {
            Task task = pollDue(Instant.MAX);
            if (task == null) {
                return;
            }
            task.work().run();
        }
        throw new AssertionError("still busy after " + atMost + " tasks");
    }

    private synchronized Task pollDue(Instant end) {
        if (tasks.isEmpty() || tasks.peek().due().isAfter(end)) {
            return null;
        }
        Task task = tasks.poll();
        now = task.due().isAfter(now) ? task.due() : now;
        return task;
    }

    private synchronized void moveTo(Instant end) {
        now = end;
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }
}
