package io.github.batchferry.localgithub.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies what steps say into the job's log. A process that a step leaves in the background keeps the step's output open;
 * its words still go to the log while later steps run. Used by the job's thread only.
 */
final class OutputThreads {
    private static final Duration AFTER_STEP = Duration.ofSeconds(1);
    private static final Duration AFTER_JOB = Duration.ofSeconds(5);

    // Mutable state
    private final List<Thread> threads = new ArrayList<>();

    /** Begins to copy. */
    Thread copy(InputStream output, JobLog log) {
        Thread thread = new Thread(() -> copyAll(output, log), "embedded GitHub step output");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }

    private static void copyAll(InputStream output, JobLog log) {
        try {
            log.copy(output);
        } catch (IOException e) {
            log.error("The output of the step was lost: " + e.getMessage());
        } catch (UncheckedIOException e) {
            // the log cannot be written, or is closed because its job is over: there is nobody to tell
        }
    }

    /** Waits for the last words of a step that is over, but not for those of background processes. */
    void join(Thread thread) {
        join(thread, AFTER_STEP);
    }

    /** Waits for the last words of everything; its processes are gone. */
    void joinAll() {
        threads.forEach(thread -> join(thread, AFTER_JOB));
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
