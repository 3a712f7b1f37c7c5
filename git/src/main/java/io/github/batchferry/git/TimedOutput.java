package io.github.batchferry.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An output to a server that must take what is written within a time. Writing to a socket has no time-out of its own and
 * cannot be interrupted, so another thread writes; where the server stops reading, that one stays behind until the
 * connection ends. Not thread-safe.
 */
final class TimedOutput extends OutputStream {
    private final OutputStream out;
    private final Duration timeout;
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TimedOutput::daemon);
    // Mutable state
    private boolean stalled;

    /** @param timeout for every single write */
    TimedOutput(OutputStream out, Duration timeout) {
        this.out = out;
        this.timeout = timeout;
        // should nobody close this
        writer.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "git output");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        inTime(() -> {
            out.write(bytes, from, length);
            return null;
        });
    }

    @Override
    public void flush() throws IOException {
        inTime(() -> {
            out.flush();
            return null;
        });
    }

    /** Closes at once what has stalled; that cannot be closed properly any more. */
    @Override
    public void close() throws IOException {
        if (writer.isShutdown()) {
            return;
        }
        try {
            if (!stalled) {
                inTime(() -> {
                    out.close();
                    return null;
                });
            }
        } finally {
            writer.shutdown();
        }
    }

    /** @throws SocketTimeoutException if a write was given up */
    void requireNotStalled() throws SocketTimeoutException {
        if (stalled) {
            throw late();
        }
    }

    private void inTime(Callable<Void> action) throws IOException {
        requireNotStalled();
        Future<Void> done = writer.submit(action);
        try {
            done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stalled = true;
            writer.shutdown();
            throw late();
        } catch (InterruptedException e) {
            stalled = true;
            writer.shutdown();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private SocketTimeoutException late() {
        return new SocketTimeoutException("the server took nothing for " + timeout.toMillis() + " ms");
    }
}
