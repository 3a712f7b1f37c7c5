package io.github.batchferry.mockvendor;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/** A client's connection: bytes that came and are not used up, and bytes that could not be sent yet. */
final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;

    // Mutable state
    private byte[] input = new byte[1024];
    private int length;
    private ByteBuffer output = Reply.NOTHING;
    private boolean inWork;

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Takes in what has come; false at the end of the stream. */
    boolean read(ByteBuffer scratch) throws IOException {
        scratch.clear();
        int count = channel.read(scratch);
        if (count < 0) {
            return false;
        }
        if (length + count > input.length) {
            input = Arrays.copyOf(input, Math.max(input.length * 2, length + count));
        }
        scratch.flip().get(input, length, count);
        length += count;
        return true;
    }

    /** The next request, if it is complete and the one before is answered. Its bytes are valid until it is used up. */
    Optional<HttpRequest> request() {
        return inWork || length == 0 || !isOpen() ? Optional.empty() : HttpRequest.read(input, length);
    }

    /** Drops a request's bytes and takes it in work. */
    void take(HttpRequest request) {
        length -= request.bodyTo();
        System.arraycopy(input, request.bodyTo(), input, 0, length);
        inWork = true;
    }

    /** Whether a request is in work. */
    boolean isInWork() {
        return inWork;
    }

    void done() {
        inWork = false;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Sends as much as goes now, the rest when the client has read. */
    void write(ByteBuffer bytes) throws IOException {
        if (!output.hasRemaining()) {
            channel.write(bytes);
            output = bytes;
        } else {
            output = ByteBuffer.allocate(output.remaining() + bytes.remaining())
                    .put(output)
                    .put(bytes)
                    .flip();
        }
        watch();
    }

    /** Sends more of what is left. */
    void flush() throws IOException {
        channel.write(output);
        watch();
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    private void watch() {
        int wanted = SelectionKey.OP_READ | (output.hasRemaining() ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }
}
