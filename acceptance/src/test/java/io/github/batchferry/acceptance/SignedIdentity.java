package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** Checks the proof of a job's identity as somebody does who knows nothing but the issuer's address. */
final class SignedIdentity {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SignedIdentity() {}

    /** The claims of a token, after its signature was checked with the keys that its issuer publishes. */
    static JsonNode claims(String token, String issuer) throws IOException, GeneralSecurityException {
        String[] parts = token.split("\\.");
        JsonNode header = part(parts[0]);
        JsonNode claims = part(parts[1]);
        assertThat(header.path("alg").asText()).isEqualTo("RS256");
        assertThat(claims.path("iss").asText()).isEqualTo(issuer);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key(issuer, header.path("kid").asText()));
        signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        return claims;
    }

    private static PublicKey key(String issuer, String id) throws IOException, GeneralSecurityException {
        JsonNode configuration = read(issuer + "/.well-known/openid-configuration");
        assertThat(configuration.path("issuer").asText()).isEqualTo(issuer);
        for (JsonNode key : read(configuration.path("jwks_uri").asText()).path("keys")) {
            if (key.path("kid").asText().equals(id)) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
            }
        }
        throw new AssertionError(issuer + " publishes no key `" + id + "`");
    }

    private static JsonNode read(String url) throws IOException {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return JSON.readTree(in);
        }
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asText()));
    }

    private static JsonNode part(String base64) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(base64));
    }
}
