package io.github.batchferry.localgithub.execution.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands on what steps say, line by line. A process that a step leaves in the background keeps the step's output open; its
 * words are still heard while later steps run. Used by the job's thread only.
 */
public final class OutputThreads {
    private static final Duration AFTER_STEP = Duration.ofSeconds(1);
    private static final Duration AFTER_JOB = Duration.ofSeconds(5);

    private final SecretMask mask;

    // Mutable state
    private final List<Thread> threads = new ArrayList<>();

    /** @param mask whose secrets no piece of an endless line may cut through */
    public OutputThreads(SecretMask mask) {
        this.mask = mask;
    }

    /**
     * Begins to read.
     *
     * @param sink gets each line, on a thread of its own
     */
    public Thread copy(InputStream output, Consumer<String> sink) {
        Thread thread = new Thread(() -> copyAll(output, sink), "embedded GitHub step output");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }

    private void copyAll(InputStream output, Consumer<String> sink) {
        try (output) { // a step must not wait for somebody to take its words who never will
            OutputLines.copy(output, mask, sink);
        } catch (IOException e) {
            sink.accept("##[error]The output of the step was lost: " + e.getMessage());
        } catch (UncheckedIOException e) {
            // the log cannot be written: there is nobody to tell
        }
    }

    /** Waits for the last words of a step that is over, but not for those of background processes. */
    public void join(Thread thread) {
        join(thread, AFTER_STEP);
    }

    /** Waits for the last words of everything; its processes are gone. */
    public void joinAll() {
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
