package io.github.batchferry.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Makes JGit's HTTP connections: to one server only, with time-outs, and remembering the last status. */
final class ServerHttp extends JDKHttpConnectionFactory {
    private static final int CHUNK = 64 << 10;

    private final URI server;
    private final GitNetwork network;
    private final int timeoutMillis;
    // Mutable state
    private int lastStatus;

    ServerHttp(URI server, GitNetwork network) {
        this.server = server;
        this.network = network;
        this.timeoutMillis =
                (int) Math.min(Integer.MAX_VALUE, Math.max(1, network.timeout().toMillis()));
    }

    /** The status of the last answer, or 0 if there was none. */
    int lastStatus() {
        return lastStatus;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    /** The way JGit proposes is not the one that is taken: it comes from settings of the whole JVM. */
    @Override
    public HttpConnection create(URL url, Proxy ignored) throws IOException {
        boolean same = url.getProtocol().equalsIgnoreCase(server.getScheme())
                && url.getHost().equalsIgnoreCase(server.getHost())
                && url.getPort() == server.getPort();
        if (!same) {
            throw new IOException("refused to leave `" + server.getHost() + "` for `" + url.getHost() + "`");
        }
        lastStatus = 0;
        return new Connection(url, way());
    }

    private Proxy way() {
        List<Proxy> ways = network.proxies().select(server);
        return ways == null || ways.isEmpty() ? Proxy.NO_PROXY : ways.get(0);
    }

    private final class Connection extends JDKHttpConnection {
        // Mutable state
        private TimedOutput output;
        private final long begun = System.nanoTime();
        private boolean told;

        Connection(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public void setConnectTimeout(int ignored) {
            super.setConnectTimeout(timeoutMillis);
        }

        @Override
        public void setReadTimeout(int ignored) {
            super.setReadTimeout(timeoutMillis);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            output = new TimedOutput(super.getOutputStream(), Duration.ofMillis(timeoutMillis));
            return new BufferedOutputStream(output, CHUNK);
        }

        @Override
        public int getResponseCode() throws IOException {
            if (output != null) {
                // the JDK would wait for the stalled write first, for ever
                output.requireNotStalled();
            }
            lastStatus = super.getResponseCode();
            if (!told) {
                told = true;
                tell();
            }
            return lastStatus;
        }

        private void tell() {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            network.exchanges().exchanged(getRequestMethod(), URI.create(getURL().toString()), lastStatus, took);
        }
    }
}
