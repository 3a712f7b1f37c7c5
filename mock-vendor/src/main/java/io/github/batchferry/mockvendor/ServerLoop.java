package io.github.batchferry.mockvendor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The one thread that owns all connections, timers and counts. */
final class ServerLoop implements Runnable {
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final Counts counts;
    private final Desk desk;
    private final Answers pages = new Answers(0);
    private final Timers timers = new Timers();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 * 1024);
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

    ServerLoop(MockOptions options) throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        counts = new Counts(options.prices());
        desk = new Desk(options, counts, System.nanoTime());
    }

    int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Runs something on this thread soon. Callable from any thread. */
    void execute(Runnable work) {
        inbox.add(work);
        selector.wakeup();
    }

    /** The counts; to be called on this thread. */
    Counts counts() {
        return counts;
    }

    @Override
    public void run() {
        try (selector;
                server) {
            while (!Thread.currentThread().isInterrupted()) {
                long wait = timers.millisToNext(System.nanoTime());
                if (wait < 0 || !inbox.isEmpty()) {
                    selector.selectNow(this::ready);
                } else {
                    selector.select(this::ready, wait);
                }
                timers.run(System.nanoTime());
                for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
                    work.run();
                }
            }
            selector.keys().forEach(ServerLoop::close);
        } catch (IOException e) {
            throw new IllegalStateException("the mock vendor's selector broke", e);
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.flush();
            }
            if (key.isReadable()) {
                if (connection.read(scratch)) {
                    serve(connection);
                } else {
                    end(connection);
                }
            }
        } catch (IOException e) {
            end(connection);
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(channel, key));
                counts.connected();
            }
        } catch (IOException e) {
            // the client went away before it was let in
        }
    }

    private void serve(Connection connection) throws IOException {
        try {
            for (Optional<HttpRequest> next = connection.request(); next.isPresent(); next = connection.request()) {
                serve(connection, next.get());
            }
        } catch (IllegalArgumentException e) {
            connection.write(pages.error(400, "bad_request", e.getMessage()).finish());
            end(connection);
        }
    }

    private void serve(Connection connection, HttpRequest request) throws IOException {
        Function<HttpRequest, ByteBuffer> page = page(request.target());
        if (page != null) {
            ByteBuffer bytes = page.apply(request);
            connection.take(request);
            connection.done();
            connection.write(bytes);
            return;
        }
        long now = System.nanoTime();
        Reply reply = desk.decide(request, now);
        connection.take(request);
        Reply last = request.last() && reply.ending() == Reply.Ending.KEEP
                ? new Reply(
                        reply.after(),
                        reply.first(),
                        reply.rest(),
                        reply.restAfter(),
                        Reply.Ending.CLOSE,
                        reply.paid(),
                        reply.key(),
                        reply.usage())
                : reply;
        after(now, last.after(), connection, () -> first(connection, last));
    }

    private Function<HttpRequest, ByteBuffer> page(String target) {
        return switch (target) {
            case "GET /__mock/stats" ->
                request -> pages.json(counts.snapshot().toJson()).finish();
            case "POST /__mock/reset" ->
                request -> {
                    counts.reset();
                    return pages.json("{}").finish();
                };
            default ->
                target.startsWith("POST ")
                        ? null
                        : request -> pages.error(404, "not_found", "only POST is answered here")
                                .finish();
        };
    }

    private interface Step {
        void run() throws IOException;
    }

    private void after(long now, long nanos, Connection connection, Step step) throws IOException {
        if (nanos == 0) {
            step.run();
            return;
        }
        timers.at(now + nanos, () -> {
            try {
                if (connection.isOpen()) {
                    step.run();
                    // a client that pipelines has sent the next one already
                    serve(connection);
                }
            } catch (IOException e) {
                end(connection);
            }
        });
    }

    private void first(Connection connection, Reply reply) throws IOException {
        if (reply.first().hasRemaining()) {
            connection.write(reply.first());
        }
        if (reply.rest().hasRemaining()) {
            after(System.nanoTime(), reply.restAfter(), connection, () -> {
                connection.write(reply.rest());
                finish(connection, reply);
            });
        } else {
            finish(connection, reply);
        }
    }

    private void finish(Connection connection, Reply reply) throws IOException {
        if (reply.paid()) {
            counts.paid(reply.key(), reply.usage(), System.nanoTime());
        }
        switch (reply.ending()) {
            case KEEP -> {
                counts.left();
                connection.done();
            }
            case CLOSE -> end(connection);
            case RESET -> {
                connection.reset();
                end(connection);
            }
            case STALL -> {
                // in work until the client closes
            }
        }
    }

    private void end(Connection connection) {
        if (connection.isInWork()) {
            counts.left();
            connection.done();
        }
        connection.close();
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
