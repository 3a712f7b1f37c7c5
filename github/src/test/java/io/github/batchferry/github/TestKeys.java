package io.github.batchferry.github;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/** Keys in the forms in which users have them. */
final class TestKeys {
    /** What comes before the key itself in the PKCS#8 form of an RSA key of 2048 bits. */
    private static final int ENVELOPE_BYTES = 26;

    private TestKeys() {}

    static KeyPair generate(String kind, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String pkcs8(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** Of an RSA key of 2048 bits. */
    static String pkcs1(KeyPair pair) {
        byte[] all = pair.getPrivate().getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(all, ENVELOPE_BYTES, all.length));
    }

    static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
