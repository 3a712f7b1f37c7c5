package io.github.batchferry.localgithub.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A signed token of the kind RS256, the only one that GitHub uses.
 *
 * @param header says how it is signed
 * @param claims what it says
 * @param signed what the signature is of
 * @param signature the signature
 */
public record Jwt(ObjectNode header, ObjectNode claims, String signed, byte[] signature) {
    private static final String ALGORITHM = "RS256";

    /** Signs claims. */
    public static String sign(ObjectNode claims, PrivateKey key, String keyId) {
        ObjectNode header =
                Json.object().put("alg", ALGORITHM).put("typ", "JWT").put("kid", keyId);
        String signed = encode(Json.bytes(header)) + "." + encode(Json.bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with RSA", e);
        }
    }

    /** Takes a token apart, without believing it; empty if it is none of this kind. */
    public static Optional<Jwt> parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = Json.MAPPER.readTree(decode(parts[0]));
            JsonNode claims = Json.MAPPER.readTree(decode(parts[1]));
            return header instanceof ObjectNode first
                            && claims instanceof ObjectNode second
                            && header.path("alg").asText().equals(ALGORITHM)
                    ? Optional.of(new Jwt(first, second, parts[0] + "." + parts[1], decode(parts[2])))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the holder of a key signed it. */
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signed.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature of another size, or a key of another kind
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
