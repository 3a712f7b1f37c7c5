package io.github.batchferry.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param value 64 lower-case hex digits
 */
public record Sha256(String value) {
    private static final int DIGITS = 64;

    /** @throws InvalidValueException if the text is not a SHA-256 in hex */
    public Sha256 {
        if (value.length() != DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new InvalidValueException("sha-256", value, "64 lower-case hex digits");
        }
    }

    /** Digest of some bytes. */
    public static Sha256 of(byte[] bytes) {
        return ofRaw(newDigest().digest(bytes));
    }

    /** Takes the 32 bytes of a finished digest. */
    public static Sha256 ofRaw(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** Finishes a digest made by {@link #newDigest()}, which is reset by it. */
    public static Sha256 finish(MessageDigest digest) {
        return ofRaw(digest.digest());
    }

    /** A digest to feed piece by piece. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }
}
