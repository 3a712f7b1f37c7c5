package io.github.batchferry.github;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to GitHub over HTTP/1.1, following no redirect, each within a deadline that covers the whole answer: the
 * JDK's own time-out ends with the headers, after which a stalled body would hold the caller for ever.
 */
final class GitHubHttp {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration deadline;
    private final Optional<ApiExchange.Listener> listener;
    private final String userAgent = UserAgent.text();

    GitHubHttp(ApiNetwork network) {
        this.deadline = network.deadline();
        this.listener = network.listener();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(network.proxies())
                .connectTimeout(deadline.compareTo(LONGEST_CONNECT) < 0 ? deadline : LONGEST_CONNECT)
                .build();
    }

    /**
     * Sends a request once; only the JDK itself repeats a GET whose connection ended before the answer began.
     *
     * @return the answer, to be closed
     * @throws IOException if no answer came in time; the server may have acted nevertheless
     */
    GitHubAnswer send(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.setHeader("User-Agent", userAgent).build();
        if (listener.isEmpty()) {
            return exchange(request);
        }
        ExchangeReport report = new ExchangeReport(listener.get(), request);
        try {
            GitHubAnswer answer = exchange(request);
            InputStream watched =
                    new WatchedBody(answer.body(), body -> report.answered(answer.status(), answer.headers(), body));
            return new GitHubAnswer(answer.status(), answer.headers(), watched);
        } catch (IOException e) {
            report.failed(e);
            throw e;
        }
    }

    private GitHubAnswer exchange(HttpRequest request) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        HttpResponse<InputStream> response =
                await(client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()));
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        return new GitHubAnswer(response.statusCode(), response.headers(), new TimedBody(response.body(), left));
    }

    private <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + deadline.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** Whether two addresses have scheme, host and port in common, so that a token for one may go to the other. */
    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
