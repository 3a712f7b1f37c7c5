package io.github.batchferry.github;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** The little of DER (X.690) that it takes to put an older RSA key into the envelope that Java reads. */
final class Der {
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    /** Version 0 and the algorithm rsaEncryption (1.2.840.113549.1.1.1) without parameters. */
    private static final byte[] RSA_HEADER = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private Der() {}

    /** A PKCS#1 key as PKCS#8 (RFC 5208). */
    static byte[] privateKeyInfo(byte[] pkcs1) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA_HEADER);
        content.writeBytes(element(OCTET_STRING, pkcs1));
        return element(SEQUENCE, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, content.length);
        element.writeBytes(content);
        return element.toByteArray();
    }

    /** Below 128 in one byte, else the number of bytes and then they. */
    private static void writeLength(ByteArrayOutputStream element, int length) {
        if (length < 0x80) {
            element.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        element.write(0x80 | bytes);
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            element.write(length >> shift);
        }
    }
}
