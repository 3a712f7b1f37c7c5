package io.github.batchferry.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A GitHub App, as which a program signs in.
 *
 * @param id the App's number or its client id
 * @param key signs for the App
 * @param installation number of its installation; empty to find that of the repository
 */
public record GitHubApp(String id, AppKey key, OptionalLong installation) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What a signature begins with: GitHub's clock may be behind. */
    private static final Duration BACK = Duration.ofSeconds(60);

    /** GitHub takes ten minutes at most, of which its clock may have used up some. */
    private static final Duration VALID = Duration.ofMinutes(9);

    /** @throws IllegalArgumentException if the id cannot be one */
    public GitHubApp {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a GitHub App: `" + id + "`; it stands in its settings");
        }
    }

    /** What people know its tokens by. */
    String origin() {
        return "GitHub App " + id;
    }

    /** A JSON web token (RFC 7519), with which the App speaks for itself for nine minutes. */
    AccessToken signedAt(Instant now) {
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("alg", "RS256").put("typ", "JWT");
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iat", now.minus(BACK).getEpochSecond())
                .put("exp", now.plus(VALID).getEpochSecond())
                .put("iss", id);
        String signed = base64(header) + "." + base64(claims);
        return new AccessToken(signed + "." + base64(key.sign(signed)));
    }

    private static String base64(ObjectNode json) {
        return base64(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
