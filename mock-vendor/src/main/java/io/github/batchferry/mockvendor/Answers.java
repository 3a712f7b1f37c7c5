package io.github.batchferry.mockvendor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes answers as bytes. */
final class Answers {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final byte[] UNKNOWN_MODEL = "mock-model".getBytes(StandardCharsets.US_ASCII);

    private final BodyFields model = new BodyFields("model");
    private final String words;
    private final AsciiBuffer body = new AsciiBuffer();
    private final AsciiBuffer head = new AsciiBuffer();

    Answers(int words) {
        this.words = " word".repeat(Math.max(0, words - 1));
    }

    /** A good answer under construction. */
    final class Good {
        private final int bodyLength;

        private Good(int bodyLength) {
            this.bodyLength = bodyLength;
        }

        /** All of it. */
        ByteBuffer whole() {
            finishHead(bodyLength);
            return head.all(body).copy();
        }

        /** Headers for all of the body and the first half of it. */
        ByteBuffer firstHalf() {
            finishHead(bodyLength);
            int headLength = head.length();
            return head.all(body).first(headLength + bodyLength / 2);
        }

        /** The second half of the body. */
        ByteBuffer secondHalf() {
            return body.after(bodyLength / 2);
        }

        /** A complete answer whose body is the first half. */
        ByteBuffer malformed() {
            int half = bodyLength / 2;
            finishHead(half);
            int headLength = head.length();
            return head.all(body).first(headLength + half);
        }
    }

    /** Writes a chat completion; the text begins with the request's key. The head stays open for more headers. */
    Good good(long key, Usage usage, byte[] request, int from, int to) {
        head.clear().text(HEAD).text("x-request-id: req_").hex(key).text("\r\n");
        body.clear().text("{\"id\":\"chatcmpl-").hex(key);
        body.text("\",\"object\":\"chat.completion\",\"created\":1763712000,\"model\":\"");
        appendModel(request, from, to);
        body.text("\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"")
                .hex(key)
                .text(words)
                .text(
                        "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":")
                .number(usage.prompt())
                .text(",\"completion_tokens\":")
                .number(usage.completion())
                .text(",\"total_tokens\":")
                .number(usage.total())
                .text(",\"prompt_tokens_details\":{\"cached_tokens\":")
                .number(usage.cached())
                .text("},\"completion_tokens_details\":{\"reasoning_tokens\":")
                .number(usage.reasoning())
                .text("}}}");
        return new Good(body.length());
    }

    /** Begins an error; more headers may be added to the head before {@link #finish()}. */
    Answers error(int status, String type, String message) {
        head.clear().text("HTTP/1.1 ").number(status).text(" Mock\r\nContent-Type: application/json\r\n");
        body.clear()
                .text("{\"error\":{\"message\":\"")
                .text(message)
                .text("\",\"type\":\"")
                .text(type)
                .text("\",\"param\":null,\"code\":\"")
                .text(type)
                .text("\"}}");
        return this;
    }

    /** Begins an answer with any JSON. */
    Answers json(String json) {
        head.clear().text(HEAD);
        body.clear().text(json);
        return this;
    }

    /** The head under construction. */
    AsciiBuffer head() {
        return head;
    }

    /** What was begun, complete. */
    ByteBuffer finish() {
        finishHead(body.length());
        return head.all(body).copy();
    }

    private void finishHead(int length) {
        head.text("Content-Length: ").number(length).text("\r\n\r\n");
    }

    private void appendModel(byte[] request, int from, int to) {
        long found = model.find(request, from, to);
        int begin = (int) (found >>> 32);
        int end = (int) found;
        if (found < 0 || end - begin > 100) {
            body.bytes(UNKNOWN_MODEL, 0, UNKNOWN_MODEL.length);
        } else {
            body.bytes(request, begin, end - begin);
        }
    }
}
