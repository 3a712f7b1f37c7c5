package io.github.batchferry.runner.credentials;

import static io.github.batchferry.runner.vendor.TestCalls.vendor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.batchferry.runner.transport.HttpTransport;
import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.CredentialSource;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobCredentialsTest {
    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");

    private ExchangeServer server;
    private JobCredentials credentials;

    @BeforeEach
    void start() throws IOException {
        server = new ExchangeServer();
        credentials = credentials(server.environment());
    }

    @AfterEach
    void stop() {
        credentials.close();
        server.close();
    }

    private JobCredentials credentials(Map<String, String> environment) {
        HttpTransport transport = HttpTransport.forVendors();
        return new JobCredentials(environment, transport::send, () -> now, secrets::add, text -> text);
    }

    private VendorConfig openai(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "base_url: " + server.root(),
                "oidc:",
                "  exchange: openai",
                "  identity_provider_id: idp_1",
                "  service_account_id: user-1",
                "  token_url: " + server.root() + "/oauth/token"));
        lines.addAll(List.of(more));
        return vendor("openai", lines.toArray(String[]::new));
    }

    private static String token(CompletableFuture<Optional<Credential>> asked) throws Exception {
        Credential credential = asked.get(30, TimeUnit.SECONDS).orElseThrow();
        assertThat(credential.scheme()).isEqualTo(Credential.Scheme.ACCESS_TOKEN);
        return credential.secret();
    }

    private static Map<String, String> fields(String json) throws IOException {
        return JsonSupport.MAPPER.readValue(json, new TypeReference<>() {});
    }

    @Test
    void theIdentityOfTheJobBecomesATokenAndBothAreToldBeforeTheyAreUsed() throws Exception {
        assertThat(token(credentials.source(openai()).current())).isEqualTo("minted-token-1");

        assertThat(secrets).containsExactly("signed-identity-1", "minted-token-1");
        assertThat(credentials.known(List.of(openai())))
                .containsExactlyInAnyOrder("signed-identity-1", "minted-token-1", "request-token");
        ExchangeServer.Asked identity = server.identityAsked().get(0);
        assertThat(identity.target()).isEqualTo("/identity?api-version=2.0&audience=https%3A%2F%2Fapi.openai.com%2Fv1");
        assertThat(identity.header("Authorization")).isEqualTo("bearer request-token");
        ExchangeServer.Asked asked = server.exchangeAsked().get(0);
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        assertThat(fields(asked.body()))
                .isEqualTo(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                        "subject_token", "signed-identity-1",
                        "identity_provider_id", "idp_1",
                        "service_account_id", "user-1"));
    }

    @Test
    void anthropicIsAskedInItsOwnWay() throws Exception {
        VendorConfig vendor = vendor(
                "anthropic",
                "base_url: " + server.root(),
                "oidc: {exchange: anthropic, federation_rule_id: fdrl_1, organization_id: $ORGANIZATION,"
                        + " workspace_id: wrkspc_1, audience: mine, token_url: \"" + server.root() + "/oauth/token\"}");
        Map<String, String> environment = new HashMap<>(server.environment());
        environment.put("ORGANIZATION", " org-1 ");

        token(credentials(environment).source(vendor).current());

        assertThat(server.identityAsked().get(0).target()).endsWith("&audience=mine");
        ExchangeServer.Asked asked = server.exchangeAsked().get(0);
        assertThat(asked.header("anthropic-beta")).isEqualTo("oauth-2025-04-20,oidc-federation-2026-04-01");
        assertThat(fields(asked.body()))
                .isEqualTo(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion", "signed-identity-1",
                        "federation_rule_id", "fdrl_1",
                        "organization_id", "org-1",
                        "workspace_id", "wrkspc_1"));
    }

    @Test
    void openRouterIsSentAFormAndMayLeaveTheLifeOut() throws Exception {
        server.answers(200, "{\"access_token\":\"minted-token-%d\"}");
        VendorConfig vendor = vendor(
                "openai",
                "base_url: " + server.root(),
                "oidc: {exchange: openrouter, federation_policy_id: 0b-1, token_url: \"" + server.root()
                        + "/oauth/token\"}");
        CredentialSource source = credentials.source(vendor);

        token(source.current());
        now = now.plusSeconds(119);
        assertThat(token(source.current())).isEqualTo("minted-token-1");
        now = now.plusSeconds(121);
        assertThat(token(source.current())).as("four minutes later").isEqualTo("minted-token-2");

        ExchangeServer.Asked asked = server.exchangeAsked().get(0);
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(asked.body())
                .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                        + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"
                        + "&subject_token=signed-identity-1&federation_policy_id=0b-1");
    }

    @Test
    void aTokenOfTwoSecondsIsRenewedAtHalfOfItsLifeWithoutAnybodyWaiting() throws Exception {
        CredentialSource source = credentials.source(openai());
        token(source.current());

        now = now.plusMillis(999);
        token(source.current());
        assertThat(server.exchangeAsked()).hasSize(1);
        now = now.plusMillis(1);
        CompletableFuture<Optional<Credential>> meanwhile = source.current();

        assertThat(meanwhile).isDone();
        assertThat(token(meanwhile)).isEqualTo("minted-token-1");
        await().until(() -> token(source.current()).equals("minted-token-2"));
        assertThat(server.exchangeAsked()).hasSize(2);
        assertThat(server.identityAsked())
                .as("a fresh identity for each exchange")
                .hasSize(2);
        assertThat(server.exchangeAsked().get(1).body()).contains("signed-identity-2");
    }

    @Test
    void concurrentCallsShareOneExchangeAndVendorsAskedAlikeShareASource() throws Exception {
        List<CompletableFuture<Optional<Credential>>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(credentials.source(openai("max_concurrency: " + (i + 1))).current());
        }
        asked.get(0).cancel(true);

        for (CompletableFuture<Optional<Credential>> each : asked.subList(1, 100)) {
            assertThat(token(each)).isEqualTo("minted-token-1");
        }
        assertThat(server.exchangeAsked()).hasSize(1);
        assertThat(server.identityAsked()).hasSize(1);
    }

    @Test
    void aRefusalIsToldInTheVendorsWords() {
        server.answers(400, "{\"error\":\"invalid_grant\",\"error_description\":\"no rule matches the subject\"}");

        assertThatThrownBy(() -> credentials.prove(openai()))
                .isInstanceOfSatisfying(
                        ExchangeFailedException.class,
                        e -> assertThat(e.isRefused()).isTrue())
                .hasMessage("the exchange `openai` at 127.0.0.1 gave no token: 400 invalid_grant: no rule matches the"
                        + " subject");
    }

    @Test
    void whatMayPassIsNoRefusal() {
        server.answers(503, "busy");

        assertThatThrownBy(() -> credentials.prove(openai()))
                .isInstanceOfSatisfying(
                        ExchangeFailedException.class,
                        e -> assertThat(e.isRefused()).isFalse())
                .hasMessageEndingWith("gave no token: 503");
    }

    @Test
    void anAnswerWithoutAUsableTokenIsAFailure() {
        for (String answer : List.of("{}", "not json", "{\"access_token\":\"\"}", "{\"access_token\":\"a b\"}")) {
            server.answers(200, answer);
            assertThatThrownBy(() -> credentials(server.environment()).prove(openai()))
                    .as(answer)
                    .hasMessageEndingWith("answered without an access_token");
        }
        server.answers(200, "{\"x\":\"" + "x".repeat(1024 * 1024) + "\"}");
        assertThatThrownBy(() -> credentials(server.environment()).prove(openai()))
                .hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void anUnreachableExchangeIsAnIoError() {
        VendorConfig vendor = openai();
        server.close();

        assertThatThrownBy(() -> credentials.prove(vendor))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ExchangeFailedException.class)
                .hasMessageStartingWith("cannot ask GitHub for a token");
    }

    @Test
    void aJobThatMayNotProveItselfIsToldWhichLineIsMissing() {
        assertThat(credentials(Map.of()).problems(openai()))
                .singleElement()
                .asString()
                .contains("add the line `id-token: write` under permissions: of the workflow")
                .contains("of the workflow that calls it");
        assertThat(credentials.problems(openai())).isEmpty();
        assertThat(server.identityAsked()).isEmpty();
    }

    @Test
    void anIdFromAMissingVariableIsToldByTheVariablesName() {
        VendorConfig vendor =
                vendor("openai", "oidc: {exchange: openai, identity_provider_id: $IDP, service_account_id: $ACCOUNT}");

        assertThat(credentials.problems(vendor))
                .containsExactlyInAnyOrder(
                        "vendor `v` takes identity_provider_id from IDP, which is empty in this job: set the repository"
                                + " variable and list it under env: of the workflow's step",
                        "vendor `v` takes service_account_id from ACCOUNT, which is empty in this job: set the repository"
                                + " variable and list it under env: of the workflow's step");
    }

    @Test
    void storedSecretsAreKeysOrTokens() throws Exception {
        JobCredentials stored = credentials(Map.of("KEY", "k\n", "TOKEN", "t"));

        assertThat(stored.source(vendor("openai", "key_env: KEY")).current().get())
                .contains(Credential.apiKey("k"));
        assertThat(stored.source(vendor("azure-openai", "token_env: TOKEN"))
                        .current()
                        .get())
                .contains(new Credential(Credential.Scheme.ACCESS_TOKEN, "t"));
        assertThat(stored.source(vendor("openai")).current().get()).isEmpty();
        assertThat(stored.problems(vendor("openai", "token_env: OTHER")))
                .containsExactly(
                        "vendor `v` takes its token from OTHER, which is empty in this job: have an earlier step"
                                + " get it, and list it under env: of the workflow's step");
    }

    @Test
    void afterTheEndNoTokenIsGiven() throws Exception {
        CredentialSource source = credentials.source(openai());
        token(source.current());

        credentials.close();

        assertThatThrownBy(() -> source.current().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }
}
