package io.github.batchferry.mockvendor;

import java.nio.ByteBuffer;

/**
 * What happens to a request.
 *
 * @param after nanoseconds until the first piece is sent
 * @param first the first piece, or all; empty for nothing at all
 * @param rest the second piece, empty for none
 * @param restAfter nanoseconds between the two
 * @param ending what becomes of the connection then
 * @param paid whether it is a good answer, which costs
 * @param key the request
 * @param usage what it costs
 */
record Reply(
        long after,
        ByteBuffer first,
        ByteBuffer rest,
        long restAfter,
        Ending ending,
        boolean paid,
        long key,
        Usage usage) {
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What becomes of the connection. */
    enum Ending {
        /** It takes the next request. */
        KEEP,
        /** It is closed in order. */
        CLOSE,
        /** It is reset. */
        RESET,
        /** It stays open and silent, and the request in work, until the client closes it. */
        STALL
    }

    /** A whole answer in one piece. */
    static Reply whole(long after, ByteBuffer bytes, boolean paid, long key, Usage usage) {
        return new Reply(after, bytes, NOTHING, 0, Ending.KEEP, paid, key, usage);
    }
}
