package io.github.batchferry.mockvendor;

import java.nio.charset.StandardCharsets;

/** Finds a text field in a JSON body without parsing it: the first {@code "name":"} that is no text itself. */
final class BodyFields {
    private final byte[] name;

    /** @param field name of the field, without escapes; empty finds nothing */
    BodyFields(String field) {
        this.name = field.isEmpty() ? new byte[0] : ('"' + field + '"').getBytes(StandardCharsets.UTF_8);
    }

    /** Where the value begins and ends in the bytes, as {@code begin << 32 | end}; -1 if there is no such field. */
    long find(byte[] bytes, int from, int to) {
        if (name.length == 0) {
            return -1;
        }
        for (int i = from; i <= to - name.length; i++) {
            if (bytes[i] == '"' && matches(bytes, i)) {
                long value = value(bytes, i + name.length, to);
                if (value >= 0) {
                    return value;
                }
            }
        }
        return -1;
    }

    private boolean matches(byte[] bytes, int from) {
        for (int i = 1; i < name.length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static long value(byte[] bytes, int from, int to) {
        int i = skipSpaces(bytes, from, to);
        if (i >= to || bytes[i] != ':') {
            return -1;
        }
        i = skipSpaces(bytes, i + 1, to);
        if (i >= to || bytes[i] != '"') {
            return -1;
        }
        int begin = i + 1;
        for (int end = begin; end < to; end++) {
            if (bytes[end] == '"' && bytes[end - 1] != '\\') {
                return (long) begin << 32 | end;
            }
        }
        return -1;
    }

    private static int skipSpaces(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] == ' ') {
            i++;
        }
        return i;
    }
}
