package io.github.batchferry.localgithub.exchanges;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The beginning of a body that passes by, and how long it was. For one thread at a time. */
final class KeptBytes {
    /** Of a longer body the rest is not kept. Above the largest call in JSON: a batch runner of 8 MB in Base64. */
    static final int LIMIT = 12 << 20;

    // Mutable state
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long size;

    void add(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, LIMIT - kept.size()));
        size += length;
    }

    Exchange.Content content() {
        byte[] bytes = kept.toByteArray();
        boolean cut = size > bytes.length;
        String text = text(bytes, cut);
        return text == null
                ? new Exchange.Content(Base64.getEncoder().encodeToString(bytes), true, size, cut)
                : new Exchange.Content(text, false, size, cut);
    }

    private static String text(byte[] bytes, boolean cut) {
        // a character may have been cut in two
        for (int missing = 0; missing <= (cut ? Math.min(3, bytes.length) : 0); missing++) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - missing))
                        .toString();
            } catch (CharacterCodingException e) {
                // told by the end of the loop
            }
        }
        return null;
    }
}
