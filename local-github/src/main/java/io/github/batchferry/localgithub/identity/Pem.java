package io.github.batchferry.localgithub.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** RSA keys as texts. GitHub gives private keys out in the older form PKCS#1, which Java cannot write itself. */
public final class Pem {
    private static final int INTEGER = 0x02;
    private static final int SEQUENCE = 0x30;

    private Pem() {}

    /** A private key as GitHub gives it out: {@code BEGIN RSA PRIVATE KEY}. */
    public static String privateKey(RSAPrivateCrtKey key) {
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        for (BigInteger number : List.of(
                BigInteger.ZERO,
                key.getModulus(),
                key.getPublicExponent(),
                key.getPrivateExponent(),
                key.getPrimeP(),
                key.getPrimeQ(),
                key.getPrimeExponentP(),
                key.getPrimeExponentQ(),
                key.getCrtCoefficient())) {
            numbers.writeBytes(der(INTEGER, number.toByteArray()));
        }
        return text("RSA PRIVATE KEY", der(SEQUENCE, numbers.toByteArray()));
    }

    /** A public key: {@code BEGIN PUBLIC KEY}. */
    public static String publicKey(PublicKey key) {
        return text("PUBLIC KEY", key.getEncoded());
    }

    /**
     * Reads a public key.
     *
     * @throws IllegalArgumentException if the text is no RSA key of the form {@code BEGIN PUBLIC KEY}
     */
    public static RSAPublicKey readPublicKey(String pem) {
        try {
            String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
            byte[] der = Base64.getDecoder().decode(base64);
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot read the public key: expected an RSA key in PEM that begins with BEGIN PUBLIC KEY", e);
        }
    }

    private static String text(String kind, byte[] der) {
        byte[] lineFeed = {'\n'};
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, lineFeed).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }

    private static byte[] der(int type, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            byte[] significant = length[0] == 0 ? Arrays.copyOfRange(length, 1, length.length) : length;
            out.write(0x80 | significant.length);
            out.writeBytes(significant);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
