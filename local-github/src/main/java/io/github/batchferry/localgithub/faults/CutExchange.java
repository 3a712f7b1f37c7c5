package io.github.batchferry.localgithub.faults;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An exchange of whose answer only the beginning is sent. The other side of it notices nothing. Not thread-safe. */
final class CutExchange extends ForwardingExchange {
    private final boolean silent;

    // Mutable state
    private int status = -1;
    private long left;
    private InputStream in;
    private OutputStream out;

    /** @param bytes of the body that are sent; less than 0 for no answer at all */
    CutExchange(HttpExchange exchange, long bytes) {
        super(exchange);
        this.silent = bytes < 0;
        this.left = bytes;
        this.in = new FilterInputStream(exchange.getRequestBody()) {};
        this.out = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (left > 0) {
                    int count = (int) Math.min(left, length);
                    left -= count;
                    exchange.getResponseBody().write(bytes, offset, count);
                    exchange.getResponseBody().flush();
                }
            }
        };
    }

    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        status = code;
        if (!silent) {
            super.sendResponseHeaders(code, length);
        }
    }

    @Override
    public int getResponseCode() {
        return status;
    }

    @Override
    public InputStream getRequestBody() {
        return in;
    }

    @Override
    public OutputStream getResponseBody() {
        return out;
    }

    @Override
    public void setStreams(InputStream other, OutputStream others) {
        in = other == null ? in : other;
        out = others == null ? out : others;
    }

    @Override
    public void close() {
        // whoever made this ends the connection
    }
}
