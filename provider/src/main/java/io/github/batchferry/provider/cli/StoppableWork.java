package io.github.batchferry.provider.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Lets work end in order when the process is told to stop. Without it SIGINT and SIGTERM end the process in the middle of
 * things, with a code of the JVM's choosing; here they interrupt the working thread, which says how to come back, closes what
 * it opened and names the exit code.
 */
final class StoppableWork {
    /** The embedded GitHub gives its jobs 10 s to save what they have and is over soon after. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(ExitCodes.INTERRUPTED);

    private StoppableWork() {}

    /** Runs work on this thread and returns its exit code; never returns if the process is stopped meanwhile. */
    static int run(IntSupplier work) {
        StoppableWork stoppable = new StoppableWork();
        Thread hook = new Thread(stoppable::stop, "ferry-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            stoppable.exitCode.set(work.getAsInt());
        } finally {
            stoppable.done.countDown();
        }
        return stoppable.release(hook);
    }

    private int release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is being stopped: the hook ends it with our code, and exit would wait for the hook
        }
        return exitCode.get();
    }

    /** On the hook's thread. Halting is the only way to choose the exit code once the process is being stopped. */
    private void stop() {
        worker.interrupt();
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                exitCode.set(ExitCodes.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            exitCode.set(ExitCodes.INTERRUPTED);
        }
        Runtime.getRuntime().halt(exitCode.get());
    }
}
