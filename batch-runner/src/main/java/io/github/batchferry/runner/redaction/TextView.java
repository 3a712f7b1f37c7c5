package io.github.batchferry.runner.redaction;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A text as it looks after some decoding, which still knows from which characters of the original each of its own comes.
 *
 * @param chars the decoded text; after percent decoding, one character for every byte of UTF-8
 * @param starts where in the original each character begins
 * @param ends where it ends, exclusive
 * @param inBytes whether its characters are bytes
 */
record TextView(String chars, int[] starts, int[] ends, boolean inBytes) {
    private static final String SIMPLE = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    /** A piece of the original itself. */
    static TextView of(String text, int from, int to) {
        return new TextView(
                text.substring(from, to),
                IntStream.range(from, to).toArray(),
                IntStream.rangeClosed(from + 1, to).toArray(),
                false);
    }

    /** The view with one level of JSON escapes taken away; empty if there are none. */
    Optional<TextView> unescaped() {
        if (chars.indexOf('\\') < 0) {
            return Optional.empty();
        }
        Builder out = new Builder(inBytes);
        for (int i = 0; i < chars.length(); ) {
            int meant = Escapes.meant(chars, i);
            int length = meant < 0 ? 1 : Escapes.length(chars, i);
            out.add(meant < 0 ? chars.charAt(i) : (char) meant, starts[i], ends[i + length - 1], inBytes && meant >= 0);
            i += length;
        }
        return out.ifShorterThan(this);
    }

    /** The view in bytes with one level of percent encoding taken away; empty if there is none. */
    Optional<TextView> percentDecoded() {
        if (chars.indexOf('%') < 0) {
            return Optional.empty();
        }
        Builder out = new Builder(true);
        boolean decoded = false;
        for (int i = 0; i < chars.length(); ) {
            int octet = Escapes.octet(chars, i);
            boolean pair = !inBytes
                    && i + 1 < chars.length()
                    && Character.isSurrogatePair(chars.charAt(i), chars.charAt(i + 1));
            int length = octet >= 0 ? 3 : pair ? 2 : 1;
            if (octet >= 0 || inBytes) {
                out.add(octet >= 0 ? (char) octet : chars.charAt(i), starts[i], ends[i + length - 1], false);
            } else {
                out.addBytes(chars.substring(i, i + length), starts[i], ends[i + length - 1]);
            }
            decoded |= octet >= 0;
            i += length;
        }
        return decoded ? Optional.of(out.view()) : Optional.empty();
    }

    /** Marks a range of this view in the original. */
    void mark(int from, int to, BitSet marked) {
        marked.set(starts[from], ends[to - 1]);
    }

    /** The escapes of JSON strings and of URLs. */
    private static final class Escapes {
        /** The character that an escape at a place stands for, -1 if none begins there. */
        static int meant(String text, int at) {
            if (text.charAt(at) != '\\' || at + 1 == text.length()) {
                return -1;
            }
            int simple = SIMPLE.indexOf(text.charAt(at + 1));
            if (simple >= 0) {
                return MEANT.charAt(simple);
            }
            return text.charAt(at + 1) == 'u' ? hex(text, at + 2, 4) : -1;
        }

        static int length(String text, int at) {
            return text.charAt(at + 1) == 'u' ? 6 : 2;
        }

        /** The byte that {@code %XX} at a place stands for, -1 if it is something else. */
        static int octet(String text, int at) {
            return text.charAt(at) == '%' ? hex(text, at + 1, 2) : -1;
        }

        private static int hex(String text, int from, int digits) {
            if (from + digits > text.length()) {
                return -1;
            }
            int value = 0;
            for (int i = from; i < from + digits; i++) {
                int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
                if (digit < 0) {
                    return -1;
                }
                value = value << 4 | digit;
            }
            return value;
        }
    }

    private static final class Builder {
        private final boolean inBytes;
        private final StringBuilder chars = new StringBuilder();
        private final IntStream.Builder starts = IntStream.builder();
        private final IntStream.Builder ends = IntStream.builder();

        Builder(boolean inBytes) {
            this.inBytes = inBytes;
        }

        void add(char c, int start, int end, boolean asBytes) {
            if (asBytes) {
                addBytes(String.valueOf(c), start, end);
                return;
            }
            chars.append(c);
            starts.add(start);
            ends.add(end);
        }

        void addBytes(String text, int start, int end) {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                add((char) (b & 0xff), start, end, false);
            }
        }

        Optional<TextView> ifShorterThan(TextView before) {
            return chars.length() < before.chars.length() ? Optional.of(view()) : Optional.empty();
        }

        TextView view() {
            return new TextView(
                    chars.toString(), starts.build().toArray(), ends.build().toArray(), inBytes);
        }
    }
}
