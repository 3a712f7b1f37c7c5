package io.github.batchferry.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Makes JGit's HTTP connections: to one server only, with time-outs, and remembering the last status. */
final class ServerHttp extends JDKHttpConnectionFactory {
    private final URI server;
    private final int timeoutMillis;
    // Mutable state
    private int lastStatus;

    ServerHttp(URI server, Duration timeout) {
        this.server = server;
        this.timeoutMillis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
    }

    /** The status of the last answer, or 0 if there was none. */
    int lastStatus() {
        return lastStatus;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        boolean same = url.getProtocol().equalsIgnoreCase(server.getScheme())
                && url.getHost().equalsIgnoreCase(server.getHost())
                && url.getPort() == server.getPort();
        if (!same) {
            throw new IOException("refused to leave `" + server.getHost() + "` for `" + url.getHost() + "`");
        }
        lastStatus = 0;
        return new Connection(url, proxy);
    }

    private final class Connection extends JDKHttpConnection {
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
        public int getResponseCode() throws IOException {
            lastStatus = super.getResponseCode();
            return lastStatus;
        }
    }
}
