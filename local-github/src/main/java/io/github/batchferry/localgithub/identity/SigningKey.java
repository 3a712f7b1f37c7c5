package io.github.batchferry.localgithub.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.store.ServerDocument;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The key by which a server signs; made on first use and the same ever after, so that tokens outlive a restart. */
public final class SigningKey {
    private static final int BITS = 2048;

    private final RSAPrivateCrtKey privateKey;
    private final RSAPublicKey publicKey;

    /** @param pkcs8 the private key, in Base64; null if there is none yet */
    private record Stored(String pkcs8) {}

    private SigningKey(RSAPrivateCrtKey privateKey, RSAPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** The key of a state directory. */
    public static SigningKey of(StateDirectory directory, SecureRandom random) throws IOException {
        ServerDocument<Stored> document = ServerDocument.open(directory, "signing-key", Stored.class, new Stored(null));
        if (document.get().pkcs8 == null) {
            KeyPair pair = generate(random);
            document.update(none -> new Stored(
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())));
        }
        return read(document.get().pkcs8);
    }

    /** A new pair of keys. */
    public static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    private static SigningKey read(String pkcs8) throws IOException {
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pkcs8)));
            return new SigningKey(key, (RSAPublicKey)
                    factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("cannot read the server's signing key: " + e.getMessage(), e);
        }
    }

    /** Signs claims. */
    public String sign(ObjectNode claims) {
        return Jwt.sign(claims, privateKey, id());
    }

    /** The public key, as others read it. */
    public RSAPublicKey publicKey() {
        return publicKey;
    }

    /** The public key as an entry of a key set (RFC 7517). */
    public ObjectNode json() {
        return Json.object()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", id())
                .put("n", number(publicKey.getModulus()))
                .put("e", number(publicKey.getPublicExponent()));
    }

    /** The thumbprint of RFC 7638. */
    private String id() {
        String canonical = "{\"e\":\"" + number(publicKey.getPublicExponent()) + "\",\"kty\":\"RSA\",\"n\":\""
                + number(publicKey.getModulus()) + "\"}";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] unsigned = bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }
}
