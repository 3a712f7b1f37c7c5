package io.github.batchferry.github;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A body that closes itself when its time is over; closing wakes a reader that waits for more. */
final class TimedBody extends FilterInputStream {
    private final CompletableFuture<Void> alarm;
    // Mutable state
    private volatile boolean over;

    TimedBody(InputStream body, Duration left) {
        super(body);
        alarm = CompletableFuture.runAsync(
                this::expire, CompletableFuture.delayedExecutor(left.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void expire() {
        over = true;
        try {
            in.close();
        } catch (IOException e) {
            // the reader gets an exception of its own
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int read = in.read(bytes, from, length);
            if (over) {
                throw late();
            }
            return read;
        } catch (IOException e) {
            throw over ? late() : e;
        }
    }

    private static IOException late() {
        return new IOException("the answer stalled");
    }

    @Override
    public void close() throws IOException {
        alarm.cancel(false);
        super.close();
    }
}
