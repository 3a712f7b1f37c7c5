package io.github.batchferry.mockvendor;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A complete request at the beginning of some bytes: as much of HTTP/1.1 as clients of JSON APIs use.
 *
 * @param target method, space and path
 * @param bytes where it lies, shared with the connection
 * @param bodyFrom first byte of the body
 * @param bodyTo end of the body, exclusive
 * @param last whether the client wants the connection closed after the answer
 */
record HttpRequest(String target, byte[] bytes, int bodyFrom, int bodyTo, boolean last) {
    private static final byte[] CONTENT_LENGTH = ascii("content-length:");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
    private static final byte[] CLOSE = ascii("connection: close");

    /**
     * Reads a request; empty as long as it is not complete.
     *
     * @param length how many of the bytes are there
     * @throws IllegalArgumentException if it is one that is not understood
     */
    static Optional<HttpRequest> read(byte[] bytes, int length) {
        int head = endOfHead(bytes, length);
        if (head < 0) {
            return Optional.empty();
        }
        long body = 0;
        boolean last = false;
        for (int line = nextLine(bytes, 0); line < head - 2; line = nextLine(bytes, line)) {
            if (begins(bytes, line, CONTENT_LENGTH)) {
                body = number(bytes, line + CONTENT_LENGTH.length);
            } else if (begins(bytes, line, CLOSE)) {
                last = true;
            } else if (begins(bytes, line, TRANSFER_ENCODING)) {
                throw new IllegalArgumentException("a body needs a Content-Length");
            }
        }
        if (length < head + body) {
            return Optional.empty();
        }
        return Optional.of(new HttpRequest(target(bytes), bytes, head, (int) (head + body), last));
    }

    private static String target(byte[] bytes) {
        int first = indexOf(bytes, 0, ' ');
        int second = indexOf(bytes, first + 1, ' ');
        return new String(bytes, 0, second, StandardCharsets.ISO_8859_1);
    }

    private static int endOfHead(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int nextLine(byte[] bytes, int from) {
        return indexOf(bytes, from, '\n') + 1;
    }

    private static int indexOf(byte[] bytes, int from, char what) {
        int i = from;
        while (bytes[i] != what) {
            if (what == ' ' && bytes[i] == '\r') {
                throw new IllegalArgumentException("no request line of HTTP/1.1");
            }
            i++;
        }
        return i;
    }

    private static boolean begins(byte[] bytes, int from, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            int c = bytes[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] == ' ') {
            i++;
        }
        long value = 0;
        for (; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        if (value > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("a body of " + value + " bytes is too large");
        }
        return value;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
