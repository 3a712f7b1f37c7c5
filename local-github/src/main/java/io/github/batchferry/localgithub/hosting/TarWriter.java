package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes tar files in the form of POSIX 2001. Not thread-safe. */
final class TarWriter {
    private static final int BLOCK = 512;
    private static final int NAME = 100;

    private final OutputStream out;
    private final long time;

    /** Writes the bytes of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** @param time of all entries, in seconds of Unix time */
    TarWriter(OutputStream out, long time) {
        this.out = out;
        this.time = time;
    }

    void directory(String path) throws IOException {
        entry(path, 0775, 0, '5', "");
    }

    void link(String path, String target) throws IOException {
        entry(path, 0777, 0, '2', target);
    }

    void file(String path, boolean executable, long size, Content content) throws IOException {
        entry(path, executable ? 0775 : 0664, size, '0', "");
        content.writeTo(out);
        pad(size);
    }

    /** Two empty blocks. */
    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private void entry(String path, int mode, long size, char type, String target) throws IOException {
        String more = longer("path", path) + longer("linkpath", target);
        if (!more.isEmpty()) {
            byte[] text = more.getBytes(StandardCharsets.UTF_8);
            out.write(header("pax_header", 0664, text.length, 'x', ""));
            out.write(text);
            pad(text.length);
        }
        out.write(header(path, mode, size, type, target));
    }

    /** A line of the extended header, for what the usual one has no room for. */
    private static String longer(String key, String value) {
        if (value.getBytes(StandardCharsets.UTF_8).length <= NAME
                && value.chars().allMatch(c -> c < 0x80)) {
            return "";
        }
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(StandardCharsets.UTF_8).length;
        int total = length + ("" + length).length();
        // the number counts its own digits
        total = length + ("" + total).length();
        return total + rest;
    }

    private byte[] header(String path, int mode, long size, char type, String target) {
        byte[] header = new byte[BLOCK];
        text(header, 0, NAME, path);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, time);
        header[156] = (byte) type;
        text(header, 157, NAME, target);
        text(header, 257, 8, "ustar\00000");
        text(header, 265, 32, "root");
        text(header, 297, 32, "root");
        checksum(header);
        return header;
    }

    private static void checksum(byte[] header) {
        text(header, 148, 8, "        ");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        text(header, 148, 8, String.format("%06o\0 ", sum));
    }

    private static void octal(byte[] header, int from, int length, long value) {
        text(header, from, length, String.format("%0" + (length - 1) + "o", value));
    }

    private static void text(byte[] header, int from, int length, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, from, Math.min(length, bytes.length));
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
