package io.github.batchferry.mockvendor;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Text under construction, as bytes; cleared and used again for every answer. */
final class AsciiBuffer {
    // Mutable state
    private byte[] bytes = new byte[2048];
    private int length;

    AsciiBuffer clear() {
        length = 0;
        return this;
    }

    @SuppressWarnings("deprecation")
    AsciiBuffer text(String text) {
        reserve(text.length());
        // drops the upper half of each character, which ASCII does not have, and is several times faster than an
        // encoder
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    AsciiBuffer bytes(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    /** A number that is not negative. */
    AsciiBuffer number(long value) {
        int digits = digits(value);
        reserve(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Sixteen hexadecimal digits. */
    AsciiBuffer hex(long value) {
        reserve(16);
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[length++] = (byte) Character.forDigit((int) (value >>> shift) & 0xf, 16);
        }
        return this;
    }

    /** Appends another one. */
    AsciiBuffer all(AsciiBuffer other) {
        return bytes(other.bytes, 0, other.length);
    }

    int length() {
        return length;
    }

    /** A copy of the first bytes. */
    ByteBuffer first(int count) {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, count));
    }

    /** A copy of what comes after the first bytes. */
    ByteBuffer after(int count) {
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, count, length));
    }

    /** A copy of all. */
    ByteBuffer copy() {
        return first(length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
