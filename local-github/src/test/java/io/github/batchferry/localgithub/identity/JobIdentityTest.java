package io.github.batchferry.localgithub.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.server.Mode;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobIdentityTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path state;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> facts = new HashMap<>(Map.of(
            "GITHUB_SERVER_URL", "http://server",
            "GITHUB_REPOSITORY", "acme/runner",
            "GITHUB_REPOSITORY_OWNER", "acme",
            "GITHUB_REF", "refs/heads/main",
            "GITHUB_RUN_ID", "7",
            "GITHUB_EVENT_NAME", "workflow_dispatch"));
    private SigningKey key;
    private JobIdentity identity;

    @BeforeEach
    void prepare() throws IOException {
        key = SigningKey.of(new StateDirectory(state), random);
        identity = new JobIdentity(
                new Addresses(URI.create("http://server"), Mode.GITHUB_COM),
                key,
                random,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private JobClaims claims(Optional<String> environment) {
        return new JobClaims(
                facts, environment, "acme/runner/.github/workflows/job.yml@refs/heads/main", "a".repeat(40), 9);
    }

    private ObjectNode token(JobClaims claims, Optional<String> audience) {
        try (JobIdentity.Granted granted = identity.open(claims)) {
            String token = identity.token(job(granted), granted.requestToken(), audience)
                    .orElseThrow();
            Jwt jwt = Jwt.parse(token).orElseThrow();
            assertThat(jwt.isSignedBy(key.publicKey())).isTrue();
            assertThat(jwt.header().path("kid")).isEqualTo(identity.publicKey().path("kid"));
            return jwt.claims();
        }
    }

    private static String job(JobIdentity.Granted granted) {
        return granted.requestUrl().replaceFirst("^http://server/_oidc/jobs/(\\w+)/idtoken\\?api-version=2.0$", "$1");
    }

    @Test
    void aTokenSaysWhatTheJobIs() {
        ObjectNode token = token(claims(Optional.empty()), Optional.empty());

        assertThat(token.path("iss").asText()).isEqualTo("http://server/_oidc");
        assertThat(token.path("sub").asText()).isEqualTo("repo:acme/runner:ref:refs/heads/main");
        assertThat(token.path("aud").asText()).isEqualTo("http://server/acme");
        assertThat(token.path("run_id").asText()).isEqualTo("7");
        assertThat(token.path("check_run_id").asText()).isEqualTo("9");
        assertThat(token.path("job_workflow_ref").asText())
                .isEqualTo("acme/runner/.github/workflows/job.yml@refs/heads/main");
        assertThat(token.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(token.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 300);
        assertThat(token.path("nbf").asLong()).isLessThan(NOW.getEpochSecond());
        assertThat(token.path("jti").asText())
                .isNotEqualTo(token(claims(Optional.empty()), Optional.empty())
                        .path("jti")
                        .asText());
    }

    @Test
    void theSubjectNamesTheEnvironmentOrThePullRequest() {
        ObjectNode deployed = token(claims(Optional.of("production")), Optional.of("sts"));
        facts.put("GITHUB_EVENT_NAME", "pull_request");
        ObjectNode proposed = token(claims(Optional.empty()), Optional.empty());

        assertThat(deployed.path("sub").asText()).isEqualTo("repo:acme/runner:environment:production");
        assertThat(deployed.path("environment").asText()).isEqualTo("production");
        assertThat(deployed.path("aud").asText()).isEqualTo("sts");
        assertThat(proposed.path("sub").asText()).isEqualTo("repo:acme/runner:pull_request");
        assertThat(proposed.has("environment")).isFalse();
    }

    @Test
    void nobodyElseGetsATokenAndNobodyAfterTheJob() {
        JobIdentity.Granted one = identity.open(claims(Optional.empty()));
        JobIdentity.Granted other = identity.open(claims(Optional.empty()));

        assertThat(identity.token(job(one), other.requestToken(), Optional.empty()))
                .isEmpty();
        assertThat(identity.token("none", one.requestToken(), Optional.empty())).isEmpty();
        assertThat(identity.token(job(one), one.requestToken(), Optional.empty()))
                .isPresent();
        one.close();
        assertThat(identity.token(job(one), one.requestToken(), Optional.empty()))
                .isEmpty();
        assertThat(identity.token(job(other), other.requestToken(), Optional.empty()))
                .isPresent();
    }

    @Test
    void theIssuerAnswersOverHttp() throws Exception {
        OidcRoutes routes = new OidcRoutes(identity);
        JobIdentity.Granted granted = identity.open(claims(Optional.empty()));
        Map<String, String> right = Map.of("authorization", "Bearer " + granted.requestToken());
        JsonNode token = json(routes.token(request(job(granted), right)));
        JsonNode configuration = json(routes.configuration(request("", Map.of())));

        assertThat(token.path("value").asText()).hasSize(token.path("count").asInt());
        assertThat(Jwt.parse(token.path("value").asText())
                        .orElseThrow()
                        .claims()
                        .path("aud")
                        .asText())
                .isEqualTo("sts");
        assertThatThrownBy(() -> routes.token(request(job(granted), Map.of())))
                .isInstanceOf(ApiException.class)
                .hasMessage("Bad credentials");
        assertThat(configuration.path("issuer").asText()).isEqualTo("http://server/_oidc");
        assertThat(configuration.path("jwks_uri").asText()).isEqualTo("http://server/_oidc/.well-known/jwks");
        token(claims(Optional.of("e")), Optional.empty())
                .fieldNames()
                .forEachRemaining(claim -> assertThat(configuration.path("claims_supported"))
                        .anyMatch(known -> known.asText().equals(claim)));
        assertThat(json(routes.keys(request("", Map.of()))).path("keys").path(0))
                .isEqualTo(identity.publicKey());
    }

    private static Request request(String job, Map<String, String> headers) {
        return new Request(
                null,
                null,
                Map.of("job", job),
                Map.of("audience", "sts"),
                headers,
                new byte[0],
                InputStream.nullInputStream(),
                Instant.MAX);
    }

    private static JsonNode json(Response response) throws IOException {
        return Json.MAPPER.readTree(response.body().open());
    }

    @Test
    void theKeyIsKeptForItsOwnerAlone() throws IOException {
        assertThat(SigningKey.of(new StateDirectory(state), random).publicKey()).isEqualTo(key.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("signing-key.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aTokenThatWasChangedIsNoLongerSigned() {
        String token = key.sign(Json.object().put("sub", "me"));
        String[] parts = token.split("\\.");
        String forged =
                parts[0] + "." + key.sign(Json.object().put("sub", "you")).split("\\.")[1] + "." + parts[2];

        assertThat(Jwt.parse(token).orElseThrow().isSignedBy(key.publicKey())).isTrue();
        assertThat(Jwt.parse(forged).orElseThrow().isSignedBy(key.publicKey())).isFalse();
        assertThat(Jwt.parse(token)
                        .orElseThrow()
                        .isSignedBy(SigningKey.generate(random).getPublic()))
                .isFalse();
        assertThat(Jwt.parse("a.b")).isEmpty();
        assertThat(Jwt.parse("?.?.?")).isEmpty();
    }

    @Test
    void theKeySetIsWhatTokensAreCheckedWith() {
        JsonNode published = identity.publicKey();

        assertThat(published.path("kty").asText()).isEqualTo("RSA");
        assertThat(published.path("n").asText()).hasSize(342);
        assertThat(published.path("e").asText()).isEqualTo("AQAB");
    }
}
