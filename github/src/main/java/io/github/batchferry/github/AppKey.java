package io.github.batchferry.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The private key of a GitHub App, which signs for it. Its text form hides it. */
public final class AppKey {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");
    private static final Pattern ENCRYPTED = Pattern.compile("ENCRYPTED PRIVATE KEY|Proc-Type: *4, *ENCRYPTED");
    private static final String ADVICE = "download one in PEM from the settings of the App on GitHub";

    private final PrivateKey key;

    private AppKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads an RSA key in PEM, as GitHub gives it out (PKCS#1) or as other programs rewrite it (PKCS#8). Line ends may be
     * written as {@code \n}, as happens to keys in variables.
     *
     * @throws IllegalArgumentException if it is none, with what it is instead and without any of it
     */
    public static AppKey parse(String text) {
        String pem = text.replace("\\n", "\n").strip();
        if (ENCRYPTED.matcher(pem).find()) {
            throw new IllegalArgumentException("the private key is encrypted; decrypt it with: openssl rsa -in KEY");
        }
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException("not a private key in PEM: expected `-----BEGIN RSA PRIVATE KEY-----`"
                    + " and what follows; " + ADVICE);
        }
        return new AppKey(read(matcher.group(1), matcher.group(2)));
    }

    private static PrivateKey read(String label, String base64) {
        byte[] der = decode(base64);
        return switch (label) {
            case "RSA PRIVATE KEY" -> rsa(Der.privateKeyInfo(der));
            case "PRIVATE KEY" -> rsa(der);
            default ->
                throw new IllegalArgumentException(
                        "found `" + label + "` where an RSA private key was expected; " + ADVICE);
        };
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the private key is damaged; " + ADVICE, e);
        }
    }

    private static PrivateKey rsa(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    otherKind(pkcs8)
                            .map(kind -> "found a private key for " + kind + ", expected one for RSA; " + ADVICE)
                            .orElse("the private key is damaged; " + ADVICE),
                    e);
        }
    }

    private static Optional<String> otherKind(byte[] pkcs8) {
        for (String kind : new String[] {"EC", "EdDSA", "DSA"}) {
            try {
                KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
                return Optional.of(kind);
            } catch (GeneralSecurityException e) {
                // not that one either
            }
        }
        return Optional.empty();
    }

    /** Signs a text in ASCII with RSASSA-PKCS1-v1_5 and SHA-256. */
    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java can sign with RSA and SHA-256", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "***";
    }
}
