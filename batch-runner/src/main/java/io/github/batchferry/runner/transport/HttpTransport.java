package io.github.batchferry.runner.transport;

import io.github.batchferry.runner.vendor.VendorAnswer;
import java.io.Closeable;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Sends HTTP requests of adapters. One per process: it owns the connections. */
public final class HttpTransport implements Closeable {
    /** Largest answer taken, in bytes: a response is a line, and lines have a limit. */
    static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private static final int THREADS = 2;

    private static final long LONGEST_CLOSING_MILLIS = 200;

    private final Supplier<HttpClient> maker;

    // Mutable state
    private HttpClient client;

    /** @param maker makes the client when the first request is sent; a batch without HTTP vendors needs none */
    public HttpTransport(Supplier<HttpClient> maker) {
        this.maker = maker;
    }

    /**
     * A transport for vendors. HTTP/1.1, because the JDK's HTTP/2 fails calls above the server's stream limit; redirects
     * are never followed, because they would carry the key. Before JDK 21 the client's own executor, because a small one
     * throttles it; from then on two threads do the same work with a third less CPU and memory than two hundred. Idle connections are dropped after {@code jdk.httpclient.keepalive.timeout} seconds, which is to be set before.
     */
    public static HttpTransport forVendors() {
        return new HttpTransport(() -> {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT);
            if (Runtime.version().feature() >= 21) {
                builder.executor(Executors.newFixedThreadPool(THREADS, HttpTransport::daemon));
            }
            return builder.build();
        });
    }

    /**
     * Begins to make the client on a thread of its own: it takes a fifth of a second, in which others can work. Needs not be
     * called.
     */
    public void prepare() {
        daemon(this::client).start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "vendors");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Sends a request. The future fails with an {@link java.io.IOException} when no complete answer came; cancelling it
     * closes the connection, also while a body is stalled.
     */
    public CompletableFuture<VendorAnswer> send(HttpRequest request) {
        return send(request, response -> new BoundedBody(MAX_ANSWER_BYTES));
    }

    /**
     * Sends a request whose answer may be large. The body of a 2xx goes to a file, which is replaced, and that of the answer
     * is empty; everything else is as with {@link #send}.
     */
    public CompletableFuture<VendorAnswer> download(HttpRequest request, Path file) {
        return send(
                request,
                response -> response.statusCode() / 100 == 2
                        ? HttpResponse.BodySubscribers.mapping(
                                HttpResponse.BodySubscribers.ofFile(
                                        file,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE,
                                        StandardOpenOption.TRUNCATE_EXISTING),
                                written -> new byte[0])
                        : new BoundedBody(MAX_ANSWER_BYTES));
    }

    private CompletableFuture<VendorAnswer> send(HttpRequest request, HttpResponse.BodyHandler<byte[]> handler) {
        CompletableFuture<HttpResponse<byte[]>> sent = client().sendAsync(request, handler);
        CompletableFuture<VendorAnswer> answer = new CompletableFuture<>();
        sent.whenComplete((response, failure) -> {
            if (failure == null) {
                answer.complete(new VendorAnswer(response.statusCode(), response.headers(), response.body()));
            } else {
                answer.completeExceptionally(failure);
            }
        });
        // only cancelling the client's own future closes the exchange, not that of a dependent one
        answer.whenComplete((response, failure) -> {
            if (answer.isCancelled()) {
                sent.cancel(true);
            }
        });
        return answer;
    }

    /**
     * Ends the client with all its connections, without waiting for calls under way. Before JDK 21 a client cannot be ended
     * and this does nothing. A process that exits with an open client waits 300 ms longer: its thread sits in native code,
     * to which the JVM gives that much time.
     */
    @Override
    public void close() {
        if (made() instanceof AutoCloseable open) {
            Thread closing = daemon(() -> endNow(open));
            closing.start();
            try {
                closing.join(LONGEST_CLOSING_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void endNow(AutoCloseable open) {
        // otherwise it waits for the calls under way
        Thread.currentThread().interrupt();
        try {
            open.close();
        } catch (Exception e) {
            // the process ends, and the connections with it
        }
    }

    private synchronized HttpClient made() {
        return client;
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = maker.get();
        }
        return client;
    }
}
