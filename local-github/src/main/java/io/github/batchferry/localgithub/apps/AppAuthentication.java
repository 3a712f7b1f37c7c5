package io.github.batchferry.localgithub.apps;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Tokens;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.identity.Jwt;
import io.github.batchferry.localgithub.identity.Pem;
import java.time.Clock;

/** Finds out which App calls: one that signs a token of at most ten minutes with its key. Refuses in GitHub's words. */
final class AppAuthentication {
    private static final long LONGEST = 600;
    private static final long DRIFT = 60;

    private final Apps apps;
    private final Clock clock;

    AppAuthentication(Apps apps, Clock clock) {
        this.apps = apps;
        this.clock = clock;
    }

    AppRecord app(Request request) throws ApiException {
        String header = request.header("authorization");
        if (header.isEmpty()) {
            throw new ApiException(401, "A JSON web token could not be decoded");
        }
        Jwt token = Tokens.fromHeader(header)
                .flatMap(Jwt::parse)
                .orElseThrow(() -> new ApiException(401, "A JSON web token could not be decoded"));
        AppRecord app = apps.find(issuer(token)).orElseThrow(() -> new ApiException(404, "Integration not found"));
        if (!token.isSignedBy(Pem.readPublicKey(app.publicKey()))) {
            throw new ApiException(401, "A JSON web token could not be decoded");
        }
        checkTimes(token);
        return app;
    }

    private static String issuer(Jwt token) throws ApiException {
        JsonNode issuer = token.claims().path("iss");
        if (issuer.isMissingNode()) {
            throw new ApiException(401, "Missing 'issuer' claim ('iss') in assertion");
        }
        return issuer.asText();
    }

    private void checkTimes(Jwt token) throws ApiException {
        long now = clock.instant().getEpochSecond();
        JsonNode expires = token.claims().path("exp");
        if (expires.isMissingNode()) {
            throw new ApiException(401, "Missing 'expiration time' claim ('exp') in assertion");
        }
        if (!expires.isNumber() || expires.asLong() <= now - DRIFT) {
            throw new ApiException(
                    401,
                    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the"
                            + " assertion expires");
        }
        if (expires.asLong() > now + LONGEST + DRIFT) {
            throw new ApiException(401, "'Expiration time' claim ('exp') is too far in the future");
        }
        JsonNode issued = token.claims().path("iat");
        if (issued.isMissingNode()) {
            throw new ApiException(401, "Missing 'issued at' claim ('iat') in assertion");
        }
        if (!issued.isNumber() || issued.asLong() > now + DRIFT) {
            throw new ApiException(
                    401,
                    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        }
    }
}
