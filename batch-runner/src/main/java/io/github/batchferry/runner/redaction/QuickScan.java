package io.github.batchferry.runner.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells in one pass over the bytes whether a text may hold a secret. It never says no where a closer look would find one:
 * either the bytes of a form stand there as they are, or an escape stands for one of its characters.
 */
final class QuickScan {
    private static final int GRAM = 4;
    private static final int GRAM_BITS = 16;
    private static final int SPREAD = 0x9E3779B1;

    /** Characters that every form in base64 or of a URL may consist of. */
    private static final String ENCODING = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=%\\";

    private static final String SIMPLE = "\"/bfnrt";
    private static final String MEANT = "\"/\b\f\n\r\t";

    /** Hashes of the first four bytes of each form. */
    private final long[] begins = new long[1 << (GRAM_BITS - 6)];

    private final Map<Integer, List<byte[]>> forms = new HashMap<>();

    /** Characters whose escapes are suspicious. */
    private final BitSet telling = new BitSet();

    private final boolean backslashTelling;
    private final boolean highBytesTelling;

    /** @param secrets at least four bytes each */
    QuickScan(List<String> secrets, List<String> literal) {
        for (String form : literal) {
            add(form.getBytes(StandardCharsets.UTF_8));
        }
        secrets.forEach(secret -> secret.chars().forEach(telling::set));
        this.backslashTelling = telling.get('\\');
        this.highBytesTelling = telling.length() > 128;
        ENCODING.chars().forEach(telling::set);
    }

    /** Whether a closer look is worth its time. */
    boolean suspicious(byte[] text) {
        int gram = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            gram = gram << 8 | b & 0xff;
            if (i >= GRAM - 1 && begins(gram) && holdsForm(gram, text, i - GRAM + 1)) {
                return true;
            }
            if (b == '\\' ? tellingEscape(text, i + 1) : b == '%' && tellingOctet(text, i + 1)) {
                return true;
            }
        }
        return false;
    }

    private void add(byte[] form) {
        int gram = 0;
        for (int i = 0; i < GRAM; i++) {
            gram = gram << 8 | form[i] & 0xff;
        }
        begins[slot(gram) >>> 6] |= 1L << slot(gram);
        forms.computeIfAbsent(gram, g -> new ArrayList<>()).add(form);
    }

    private boolean begins(int gram) {
        return (begins[slot(gram) >>> 6] & 1L << slot(gram)) != 0;
    }

    private static int slot(int gram) {
        return gram * SPREAD >>> 32 - GRAM_BITS;
    }

    private boolean holdsForm(int gram, byte[] text, int at) {
        for (byte[] form : forms.getOrDefault(gram, List.of())) {
            if (at + form.length <= text.length && Arrays.equals(form, 0, form.length, text, at, at + form.length)) {
                return true;
            }
        }
        return false;
    }

    /** Backslashes in a row belong to escapes of escapes; the last of them comes here with what follows it. */
    private boolean tellingEscape(byte[] text, int at) {
        if (backslashTelling) {
            return true;
        }
        if (at == text.length) {
            return false;
        }
        if (text[at] == 'u') {
            int meant = hex(text, at + 1, 4);
            return meant >= 0 && telling.get(meant);
        }
        int simple = SIMPLE.indexOf(text[at]);
        return simple >= 0 && telling.get(MEANT.charAt(simple));
    }

    private boolean tellingOctet(byte[] text, int at) {
        int octet = hex(text, at, 2);
        return octet >= 0 && (octet < 128 ? telling.get(octet) : highBytesTelling);
    }

    private static int hex(byte[] text, int from, int digits) {
        if (from + digits > text.length) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
