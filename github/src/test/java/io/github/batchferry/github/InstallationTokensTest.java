package io.github.batchferry.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InstallationTokensTest {
    private static final KeyPair RSA = TestKeys.generate("RSA", 2048);
    private static final RepositorySlug REPOSITORY = RepositorySlug.parse("myorg/eval-runner");
    private static final Instant START = Instant.parse("2026-01-15T09:30:00Z");
    private static final String INSTALLATION = "/repos/myorg/eval-runner/installation";
    private static final String TOKENS = "/app/installations/77/access_tokens";

    @RegisterExtension
    static final WireMockExtension github = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    /** A clock that stands until it is moved. */
    private static final class HandClock extends Clock {
        // Mutable state
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private final HandClock clock = new HandClock();

    private InstallationTokens tokens(OptionalLong installation) {
        return new InstallationTokens(
                GitHubServer.ofApi(URI.create("http://127.0.0.1:" + github.getPort())),
                REPOSITORY,
                new GitHubApp("123", AppKey.parse(TestKeys.pkcs1(RSA)), installation),
                clock,
                ApiNetwork.direct(Duration.ofSeconds(10)));
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    private static ResponseDefinitionBuilder token(String name, Instant end) {
        return json(201, "{\"token\": \"" + name + "\", \"expires_at\": \"" + end + "\"}");
    }

    /** Answers one after the other; the last one stays. */
    private static void answers(ResponseDefinitionBuilder... all) {
        for (int i = 0; i < all.length; i++) {
            github.stubFor(post(TOKENS)
                    .inScenario("tokens")
                    .whenScenarioStateIs(i == 0 ? STARTED : "" + i)
                    .willSetStateTo("" + Math.min(i + 1, all.length - 1))
                    .willReturn(all[i]));
        }
    }

    private static List<JsonNode> claims() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (LoggedRequest request : github.findAll(anyRequestedFor(anyUrl()))) {
            String[] parts = request.getHeader("Authorization")
                    .substring("Bearer ".length())
                    .split("\\.");
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(RSA.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2])))
                    .isTrue();
            assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                    .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
            all.add(new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1])));
        }
        return all;
    }

    @Test
    void theInstallationIsFoundAndAskedForNoMoreThanBatchesNeed() throws Exception {
        github.stubFor(get(INSTALLATION).willReturn(json(200, "{\"id\": 77}")));
        answers(token("ghs_one", START.plus(Duration.ofHours(1))));

        assertThat(tokens(OptionalLong.empty()).token()).isEqualTo(new AccessToken("ghs_one"));

        github.verify(1, postRequestedFor(urlEqualTo(TOKENS)).withRequestBody(equalToJson("""
                {"repositories": ["eval-runner"], "permissions": {"actions": "write", "contents": "write"}}
                """)));
        assertThat(claims()).hasSize(2).allSatisfy(claims -> {
            assertThat(claims.path("iss").asText()).isEqualTo("123");
            assertThat(Instant.ofEpochSecond(claims.path("iat").asLong())).isEqualTo(START.minusSeconds(60));
            assertThat(Instant.ofEpochSecond(claims.path("exp").asLong())).isEqualTo(START.plusSeconds(540));
        });
    }

    @Test
    void aTokenDoesUntilFiveMinutesBeforeItsEnd() throws Exception {
        answers(token("ghs_one", START.plus(Duration.ofHours(1))), token("ghs_two", START.plus(Duration.ofHours(2))));
        InstallationTokens tokens = tokens(OptionalLong.of(77));

        assertThat(tokens.token().secret()).isEqualTo("ghs_one");
        clock.now = START.plus(Duration.ofMinutes(55)).minusMillis(1);
        assertThat(tokens.token().secret()).isEqualTo("ghs_one");
        clock.now = START.plus(Duration.ofMinutes(55));
        assertThat(tokens.token().secret()).isEqualTo("ghs_two");
        github.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void aTokenThatWasRefusedIsReplacedAndALateRefusalOfItsPredecessorChangesNothing() throws Exception {
        Instant end = START.plus(Duration.ofHours(1));
        answers(token("ghs_one", end), token("ghs_two", end), token("ghs_three", end));
        InstallationTokens tokens = tokens(OptionalLong.of(77));
        AccessToken first = tokens.token();

        assertThat(tokens.renew(first)).isTrue();
        assertThat(tokens.token().secret()).isEqualTo("ghs_two");
        assertThat(tokens.renew(first)).isTrue();
        assertThat(tokens.token().secret()).isEqualTo("ghs_two");
    }

    @Test
    void manyWhoAskAtOnceShareOneToken() throws Exception {
        answers(token("ghs_one", START.plus(Duration.ofHours(1))), token("ghs_two", START.plus(Duration.ofHours(1))));
        InstallationTokens tokens = tokens(OptionalLong.of(77));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> ask = () -> tokens.token().secret();
            for (Future<String> asked : threads.invokeAll(Collections.nCopies(32, ask))) {
                assertThat(asked.get()).isEqualTo("ghs_one");
            }
        } finally {
            threads.shutdownNow();
        }
        github.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void whileGitHubIsInTroubleTheOldTokenDoesUntilItsEnd() throws Exception {
        answers(token("ghs_one", START.plus(Duration.ofHours(1))), json(503, ""));
        InstallationTokens tokens = tokens(OptionalLong.of(77));
        tokens.token();

        clock.now = START.plus(Duration.ofMinutes(59));
        assertThat(tokens.token().secret()).isEqualTo("ghs_one");
        clock.now = START.plus(Duration.ofMinutes(60));
        assertThatThrownBy(tokens::token)
                .isInstanceOf(GitHubUnreachableException.class)
                .hasMessageStartingWith("cannot get a token of GitHub App 123 for `myorg/eval-runner`");
    }

    @Test
    void aWrongClockIsPutRightByGitHubs() throws Exception {
        Instant real = START.plus(Duration.ofHours(3));
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(real.atZone(ZoneOffset.UTC));
        answers(
                json(401, "{\"message\": \"'Expiration time' claim ('exp') must be a future time\"}")
                        .withHeader("Date", date),
                token("ghs_one", real.plus(Duration.ofHours(1))),
                token("ghs_two", real.plus(Duration.ofHours(2))));
        InstallationTokens tokens = tokens(OptionalLong.of(77));

        assertThat(tokens.token().secret()).isEqualTo("ghs_one");
        assertThat(claims())
                .extracting(claims -> Instant.ofEpochSecond(claims.path("iat").asLong()))
                .containsExactly(START.minusSeconds(60), real.minusSeconds(60));
        clock.now = START.plus(Duration.ofMinutes(54));
        assertThat(tokens.token().secret()).isEqualTo("ghs_one");
        clock.now = START.plus(Duration.ofMinutes(55));
        assertThat(tokens.token().secret()).as("by GitHub's clock").isEqualTo("ghs_two");
    }

    @Test
    void aKeyThatIsNotTheAppsIsNotTriedTwice() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(START.atZone(ZoneOffset.UTC));
        answers(json(401, "{\"message\": \"A JSON web token could not be decoded\"}")
                .withHeader("Date", date));

        assertThatThrownBy(() -> tokens(OptionalLong.of(77)).token())
                .asInstanceOf(type(GitHubAuthenticationException.class))
                .matches(e -> e.status() == 401)
                .extracting(Throwable::getMessage)
                .isEqualTo(
                        "cannot get a token of GitHub App 123 for `myorg/eval-runner` (401: A JSON web token could not"
                                + " be decoded): check that the App's id and private key belong together");
        github.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void anAppThatIsNotInstalledIsToBeInstalled() {
        github.stubFor(get(INSTALLATION).willReturn(json(404, "{\"message\": \"Not Found\"}")));

        assertThatThrownBy(() -> tokens(OptionalLong.empty()).token())
                .asInstanceOf(type(GitHubAuthenticationException.class))
                .matches(e -> e.status() == 401, "a missing token, not a missing repository")
                .extracting(Throwable::getMessage)
                .isEqualTo("cannot find the installation of GitHub App 123 for `myorg/eval-runner` (404: Not Found):"
                        + " install the App on the repository's owner, with access to the repository");
    }

    @Test
    void anAppThatMayTooLittleIsToldWhatItNeeds() {
        answers(json(422, "{\"message\": \"The permissions requested are not granted to this installation.\"}"));

        assertThatThrownBy(() -> tokens(OptionalLong.of(77)).token())
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessageEndingWith("grant the App actions: write and contents: write, and the repository to its"
                        + " installation");
    }

    @Test
    void aSuspendedInstallationIsNoRateLimitAndARateLimitIsOne() {
        answers(json(403, "{\"message\": \"This installation has been suspended\"}"));
        assertThatThrownBy(() -> tokens(OptionalLong.of(77)).token())
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessageContaining("This installation has been suspended");

        github.stubFor(any(anyUrl())
                .willReturn(json(403, "{\"message\": \"slow down\"}").withHeader("Retry-After", "7")));
        assertThatThrownBy(() -> tokens(OptionalLong.of(77)).token())
                .asInstanceOf(type(GitHubRateLimitException.class))
                .satisfies(limit -> assertThat(limit.waitTime()).hasSeconds(7));
    }

    @Test
    void anAnswerThatIsNoTokenIsAnError() {
        github.stubFor(any(anyUrl()).willReturn(json(201, "{\"token\": \"\"}")));
        assertThatThrownBy(() -> tokens(OptionalLong.of(77)).token()).hasMessageContaining("cannot be read");

        github.stubFor(any(anyUrl()).willReturn(json(200, "{}")));
        assertThatThrownBy(() -> tokens(OptionalLong.empty()).token()).hasMessageContaining("cannot be read");
    }
}
