package io.github.batchferry.localgithub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.batchferry.localgithub.exchanges.ExchangeLog;
import io.github.batchferry.localgithub.exchanges.RecordingHandler;
import io.github.batchferry.localgithub.githttp.GitHttp;
import io.github.batchferry.localgithub.page.PageHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** The one port, on 127.0.0.1 only: paths of git to one handler, browsers to another, everything else to the third. */
final class LoopbackServer implements Closeable {
    private static final Set<String> NAMES =
            Set.of("api.github.localhost", "github.localhost", "127.0.0.1", "localhost");

    private final HttpServer server;
    private final ExecutorService workers;

    // Mutable state
    private Optional<ExchangeLog> log = Optional.empty();

    private LoopbackServer(HttpServer server, ExecutorService workers) {
        this.server = server;
        this.workers = workers;
    }

    /**
     * Takes a port, without serving yet.
     *
     * @param port 0 for any free one
     */
    static LoopbackServer bind(int port) throws IOException {
        // The JDK's server sends headers and body apart; without this every answer on a kept connection takes 40 ms.
        // It reads the setting once, before its first server.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        ExecutorService workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "embedded GitHub HTTP");
            thread.setDaemon(true);
            return thread;
        });
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
            server.setExecutor(workers);
            return new LoopbackServer(server, workers);
        } catch (BindException e) {
            throw new IOException("cannot use port " + port + " on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /** Threads for what is done later. */
    Executor workers() {
        return workers;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Before serving: writes all that is said to the API to a log, which is closed with this. */
    void record(ExchangeLog exchanges) {
        this.log = Optional.of(exchanges);
    }

    /** Begins to serve; what is not for browsers is disturbed by faults. */
    void serve(HttpHandler git, PageHandler pages, HttpHandler rest, UnaryOperator<HttpHandler> disturbed) {
        HttpHandler recorded =
                log.<HttpHandler>map(open -> new RecordingHandler(rest, open)).orElse(rest);
        HttpHandler both = disturbed.apply(exchange -> {
            boolean forGit = GitHttp.serves(exchange.getRequestURI().getPath());
            (forGit ? git : recorded).handle(exchange);
        });
        server.createContext("/", exchange -> {
            if (leadsHere(exchange.getRequestURI())) {
                (pages.serves(exchange) ? pages : both).handle(exchange);
            } else {
                refuseToForward(exchange);
            }
        });
        server.start();
    }

    /** Clients that take this server for a proxy name a host; only names of this GitHub are served. */
    private static boolean leadsHere(URI target) {
        return !target.isAbsolute() || NAMES.contains(target.getHost());
    }

    private static void refuseToForward(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] message = ("cannot forward to `" + exchange.getRequestURI().getHost()
                            + "`: this proxy leads to the embedded GitHub alone, as api.github.localhost or github.localhost\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(421, message.length);
            exchange.getResponseBody().write(message);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        workers.shutdownNow();
        if (log.isPresent()) {
            log.get().close();
        }
    }
}
