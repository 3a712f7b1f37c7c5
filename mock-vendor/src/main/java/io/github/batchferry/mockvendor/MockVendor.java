package io.github.batchferry.mockvendor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * A vendor on loopback that answers every POST with a chat completion in OpenAI's shape, as its options say, and counts.
 * The same request always gets the same answer, whose text begins with the 64-bit key of the request in hexadecimal.
 * {@code GET /__mock/stats} shows the counts as JSON, {@code POST /__mock/reset} begins them anew; neither is counted.
 */
public final class MockVendor implements AutoCloseable {
    private final ServerLoop loop;
    private final Thread thread;
    private final int port;

    private MockVendor(ServerLoop loop) throws IOException {
        this.loop = loop;
        this.port = loop.port();
        this.thread = new Thread(loop, "mock-vendor");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a vendor.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static MockVendor start(MockOptions options) {
        try {
            return new MockVendor(new ServerLoop(options));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + options.port() + ": " + e.getMessage(), e);
        }
    }

    /** The port on loopback. */
    public int port() {
        return port;
    }

    /** What a client takes for the vendor's address: ends with {@code /v1}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    /** What was counted up to now. */
    public MockStats stats() {
        CompletableFuture<MockStats> stats = new CompletableFuture<>();
        loop.execute(() -> stats.complete(loop.counts().snapshot()));
        return stats.join();
    }

    /** Begins all counts anew. */
    public void reset() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            loop.counts().reset();
            done.complete(null);
        });
        done.join();
    }

    /** Waits until {@link #close()} is called elsewhere. */
    void await() throws InterruptedException {
        thread.join();
    }

    /** Closes all connections. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
