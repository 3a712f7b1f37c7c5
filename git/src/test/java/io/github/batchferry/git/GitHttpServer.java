package io.github.batchferry.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A git server over HTTP on loopback that asks for a token as GitHub does and can be told to misbehave. */
final class GitHttpServer implements AutoCloseable {
    /** Misbehaviour for one request; answers whether it dealt with the exchange. */
    @FunctionalInterface
    interface Trouble {
        boolean handle(HttpExchange exchange) throws IOException;
    }

    /** What a client sent. */
    record Seen(String method, String path, String authorization, String hostile) {}

    private final BareRepository repository;
    private final String authorization;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    // Mutable state
    final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    final AtomicReference<Trouble> trouble = new AtomicReference<>(exchange -> false);

    GitHttpServer(BareRepository repository, String token) throws IOException {
        this.repository = repository;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/myorg/eval-runner.git");
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    given,
                    exchange.getRequestHeaders().getFirst("X-Hostile")));
            if (trouble.get().handle(exchange)) {
                return;
            }
            if (!authorization.equals(given)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GitHub\"");
                answer(exchange, 401, "who are you?");
            } else if (exchange.getRequestURI().getPath().startsWith("/myorg/eval-runner.git/")) {
                serve(exchange);
            } else {
                answer(exchange, 404, "Repository not found.");
            }
        }
    }

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        try (Repository opened = repository.open()) {
            if (path.endsWith("/info/refs")) {
                advertise(exchange, opened, query.replace("service=", ""));
            } else if (path.endsWith("/git-upload-pack")) {
                upload(exchange, opened);
            } else {
                receive(exchange, opened);
            }
        }
    }

    private static void advertise(HttpExchange exchange, Repository opened, String service) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-" + service + "-advertisement");
        exchange.sendResponseHeaders(200, 0);
        PacketLineOut lines = new PacketLineOut(exchange.getResponseBody());
        if (service.equals("git-upload-pack")) {
            uploadPack(exchange, opened).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), service);
        } else {
            lines.writeString("# service=git-receive-pack\n");
            lines.end();
            receivePack(opened).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
        }
        lines.flush();
    }

    private static void upload(HttpExchange exchange, Repository opened) throws IOException {
        // read fully first: the protocol's version 2 skips to the end of the stream and would hang
        InputStream request = new ByteArrayInputStream(body(exchange).readAllBytes());
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
        exchange.sendResponseHeaders(200, 0);
        uploadPack(exchange, opened).upload(request, exchange.getResponseBody(), null);
    }

    private static void receive(HttpExchange exchange, Repository opened) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-receive-pack-result");
        receivePack(opened).receive(body(exchange), new LateHeaders(exchange), null);
    }

    /** Serves a push but loses the answer. */
    static void receiveWithoutAnswer(HttpExchange exchange, BareRepository repository) throws IOException {
        try (Repository opened = repository.open()) {
            receivePack(opened).receive(body(exchange), OutputStream.nullOutputStream(), null);
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(body)
                : body;
    }

    private static UploadPack uploadPack(HttpExchange exchange, Repository opened) {
        UploadPack pack = new UploadPack(opened);
        pack.setBiDirectionalPipe(false);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            pack.setExtraParameters(List.of(protocol.split(":")));
        }
        return pack;
    }

    private static ReceivePack receivePack(Repository opened) {
        ReceivePack pack = new ReceivePack(opened);
        pack.setBiDirectionalPipe(false);
        return pack;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    /** Sends the status with the first byte, so that the request is read before the answer begins. */
    private static final class LateHeaders extends OutputStream {
        private final HttpExchange exchange;
        // Mutable state
        private boolean sent;

        LateHeaders(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (!sent) {
                sent = true;
                exchange.sendResponseHeaders(200, 0);
            }
            exchange.getResponseBody().write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            if (sent) {
                exchange.getResponseBody().flush();
            }
        }
    }
}
