package io.github.batchferry.localgithub.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Numbers for things that have names: the same name always has the same number, nothing needs to be stored. */
public final class StableId {
    private StableId() {}

    /** A positive number of 31 bits for a name. */
    public static long of(String name) {
        return ByteBuffer.wrap(sha256(name)).getInt() & 0x7fffffffL;
    }

    /** The SHA-256 of a name, in hexadecimal digits. */
    static String digest(String name) {
        return HexFormat.of().formatHex(sha256(name));
    }

    private static byte[] sha256(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
