package io.github.batchferry.localgithub.rest.shape;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Contents of files in JSON. */
public final class Base64Text {
    private static final byte[] LINE_FEED = {'\n'};
    private static final int LINE = 60;

    private Base64Text() {}

    /** Base64 in lines of 60 characters, each with its line feed, as GitHub writes it. */
    public static String encode(byte[] content) {
        String lines = Base64.getMimeEncoder(LINE, LINE_FEED).encodeToString(content);
        return lines.isEmpty() ? "" : lines + "\n";
    }

    /** The bytes of a text that may be broken into lines; empty if it is no Base64. */
    public static Optional<byte[]> decode(String text) {
        try {
            byte[] joined = text.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8);
            return Optional.of(Base64.getDecoder().decode(joined));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
