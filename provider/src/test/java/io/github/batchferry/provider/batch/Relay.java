package io.github.batchferry.provider.batch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server on this machine and counts the bytes that the client sends. */
final class Relay implements Closeable {
    private final URI server;
    private final ServerSocket entrance;
    private final AtomicLong sent = new AtomicLong();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private Relay(URI server, ServerSocket entrance) {
        this.server = server;
        this.entrance = entrance;
    }

    static Relay before(URI server) throws IOException {
        Relay relay = new Relay(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        relay.onThread(relay::accept);
        return relay;
    }

    /** The server's address by way of the relay. */
    URI url() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort() + server.getPath());
    }

    /** Bytes that went up so far: headers, bodies and all. */
    long sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket behind = new Socket(server.getHost(), server.getPort());
            open.addAll(List.of(client, behind));
            onThread(() -> copy(client, behind, sent));
            onThread(() -> copy(behind, client, new AtomicLong()));
        }
    }

    private static void copy(Socket from, Socket to, AtomicLong count) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count.addAndGet(read);
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    /** Work that ends with the connection. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void onThread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // closed by either side
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
