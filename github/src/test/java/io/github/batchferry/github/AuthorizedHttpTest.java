package io.github.batchferry.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the token goes, which one, and who hears of it; through both clients that send it. */
class AuthorizedHttpTest {
    private static final RepositorySlug REPOSITORY = RepositorySlug.parse("myorg/eval-runner");
    private static final String RUN = "/repos/myorg/eval-runner/actions/runs/17?exclude_pull_requests=true";
    private static final String MOVED = "/repositories/4711/actions/runs/17?exclude_pull_requests=true";
    private static final ResponseDefinitionBuilder REFUSED = json(401, "{\"message\": \"Bad credentials\"}");

    @RegisterExtension
    static final WireMockExtension github = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension stranger = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final List<ApiExchange> heard = Collections.synchronizedList(new ArrayList<>());
    private final ApiNetwork network = ApiNetwork.direct(Duration.ofSeconds(10));

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    private static ResponseDefinitionBuilder run() {
        return json(200, "{\"id\": 17, \"status\": \"queued\", \"created_at\": \"2026-01-15T09:30:00Z\"}");
    }

    private static ResponseDefinitionBuilder movedTo(int status, String place) {
        return aResponse().withStatus(status).withHeader("Location", place);
    }

    private static GitHubServer server() {
        return GitHubServer.ofApi(URI.create("http://127.0.0.1:" + github.getPort()));
    }

    private HttpActionsClient actions(String... tokens) {
        return new HttpActionsClient(
                server(), REPOSITORY, new RenewableTokens(tokens), Clock.systemUTC(), network.heardBy(heard::add));
    }

    private KohsukeRepositoryApi repository(String... tokens) {
        return new KohsukeRepositoryApi(server(), REPOSITORY, new RenewableTokens(tokens), Clock.systemUTC(), network);
    }

    @Test
    void aTokenThatIsRefusedIsRenewedAndTheRequestSentAgain() throws Exception {
        github.stubFor(any(anyUrl()).willReturn(REFUSED));
        github.stubFor(
                get(RUN).withHeader("Authorization", equalTo("Bearer new")).willReturn(run()));
        github.stubFor(post(anyUrl())
                .withHeader("Authorization", equalTo("Bearer new"))
                .willReturn(json(200, "{\"workflow_run_id\": 7, \"html_url\": \"https://x/\"}")));
        github.stubFor(get("/repos/myorg/eval-runner")
                .withHeader("Authorization", equalTo("Bearer new"))
                .willReturn(json(200, "{\"default_branch\": \"trunk\"}")));

        assertThat(actions("old", "new").run(17, Optional.empty())).isInstanceOf(RunLook.Changed.class);
        assertThat(actions("old", "new").dispatch("run-evals.yml", "main", Map.of()))
                .isInstanceOf(Dispatched.Run.class);
        assertThat(repository("old", "new").defaultBranch()).isEqualTo("trunk");
        github.verify(6, anyRequestedFor(anyUrl()));
    }

    @Test
    void aSecondRefusalIsToldWithTheOriginOfTheToken() {
        github.stubFor(any(anyUrl()).willReturn(REFUSED));

        assertThatThrownBy(() -> actions("old", "new", "newer").run(17, Optional.empty()))
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessage("cannot read run 17 of `myorg/eval-runner`: GitHub refused the token from environment"
                        + " variable GH_TOKEN (401: Bad credentials); check that it is valid and has not expired");
        assertThatThrownBy(() -> repository("only").defaultBranch())
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessageContaining("the token from environment variable GH_TOKEN");
        github.verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void aTokenThatCannotBeHadIsTheErrorAndNothingIsSent() {
        TokenSource none = () -> {
            throw new GitHubNotFoundException("GitHub App 123 is not installed on `myorg/eval-runner`");
        };

        assertThatThrownBy(() -> new HttpActionsClient(server(), REPOSITORY, none, Clock.systemUTC()).cancel(17))
                .isInstanceOf(GitHubNotFoundException.class);
        assertThatThrownBy(
                        () -> new KohsukeRepositoryApi(server(), REPOSITORY, none, Clock.systemUTC()).defaultBranch())
                .isInstanceOf(GitHubNotFoundException.class)
                .hasMessageStartingWith("GitHub App 123 is not installed");
        github.verify(0, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRenamedRepositoryIsFollowedWithinTheSameOriginOnce(int status) throws Exception {
        github.stubFor(get(RUN).willReturn(movedTo(status, server().apiUrl() + MOVED)));
        github.stubFor(get(MOVED).willReturn(run()));
        github.stubFor(get("/repos/myorg/eval-runner").willReturn(movedTo(status, "/repositories/4711")));
        github.stubFor(get("/repositories/4711").willReturn(json(200, "{\"default_branch\": \"trunk\"}")));

        assertThat(actions("mine").run(17, Optional.of("\"tag\""))).isInstanceOf(RunLook.Changed.class);
        assertThat(repository("mine").defaultBranch()).isEqualTo("trunk");
        github.verify(
                1,
                getRequestedFor(urlEqualTo(MOVED))
                        .withHeader("Authorization", equalTo("Bearer mine"))
                        .withHeader("If-None-Match", equalTo("\"tag\"")));
    }

    @Test
    void aCircleOfRedirectsEndsAfterTheFirst() {
        github.stubFor(get(anyUrl()).willReturn(movedTo(301, RUN)));

        assertThatThrownBy(() -> actions("mine").run(17, Optional.empty()))
                .hasMessageContaining("was the repository renamed?");
        github.verify(2, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void whatChangesSomethingIsSentNowhereElse(int status) {
        github.stubFor(post(anyUrl()).willReturn(movedTo(status, "/elsewhere")));

        assertThatThrownBy(() -> actions("mine").cancel(17)).hasMessageContaining("was the repository renamed?");
        github.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[", "mailto:x", "", "//"})
    void aLocationThatIsNoneIsNotFollowed(String place) {
        github.stubFor(get(anyUrl()).willReturn(movedTo(302, place)));

        assertThatThrownBy(() -> actions("mine").run(17, Optional.empty())).isExactlyInstanceOf(GitHubException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void onlyALogIsFetchedFromAStranger(int status) throws Exception {
        stranger.stubFor(any(anyUrl()).willReturn(aResponse().withBody("line")));
        github.stubFor(any(anyUrl()).willReturn(movedTo(status, stranger.baseUrl() + "/blob?sig=x")));
        github.stubFor(get("/repos/myorg/eval-runner")
                .willReturn(json(
                        200,
                        "{\"full_name\": \"myorg/eval-runner\","
                                + " \"name\": \"eval-runner\", \"owner\": {\"login\": \"myorg\"}}")));
        github.stubFor(get("/repos/myorg/eval-runner/actions/jobs/99").willReturn(json(200, "{\"id\": 99}")));

        assertThatThrownBy(() -> repository("mine").file("x")).isExactlyInstanceOf(GitHubException.class);
        stranger.verify(0, anyRequestedFor(anyUrl()));

        assertThat(repository("mine").jobLogTail(99, 1)).containsExactly("line");
        stranger.verify(1, anyRequestedFor(anyUrl()));
        stranger.verify(1, getRequestedFor(urlEqualTo("/blob?sig=x")).withHeader("Authorization", absent()));
    }

    @Test
    void aRepositoryOrAFileThatIsCalledLogsIsNoLog() {
        stranger.stubFor(any(anyUrl()).willReturn(json(200, "{}")));
        github.stubFor(any(anyUrl()).willReturn(movedTo(302, stranger.baseUrl() + "/blob")));
        KohsukeRepositoryApi logs = new KohsukeRepositoryApi(
                server(), RepositorySlug.parse("myorg/logs"), new RenewableTokens("mine"), Clock.systemUTC(), network);
        assertThatThrownBy(logs::defaultBranch).isInstanceOf(GitHubException.class);

        github.stubFor(get("/repos/myorg/eval-runner")
                .willReturn(json(
                        200,
                        "{\"full_name\": \"myorg/eval-runner\","
                                + " \"name\": \"eval-runner\", \"owner\": {\"login\": \"myorg\"}}")));
        assertThatThrownBy(() -> repository("mine").file("actions/jobs/1/logs")).isInstanceOf(GitHubException.class);
        assertThatThrownBy(() -> repository("mine").file("a/zip")).isInstanceOf(GitHubException.class);
        stranger.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void aTokenOfScopesIsToldTheScopeItLacks() {
        github.stubFor(any(anyUrl())
                .willReturn(json(403, "{\"message\": \"Must have admin rights to Repository.\"}")
                        .withHeader("X-OAuth-Scopes", "gist, read:org")
                        .withHeader("X-Accepted-OAuth-Scopes", "repo")));

        assertThatThrownBy(() -> actions("mine").cancel(17))
                .hasMessage("cannot cancel run 17 of `myorg/eval-runner`: the token from environment variable GH_TOKEN"
                        + " may not do that (403: Must have admin rights to Repository.); it needs the scope `repo` and"
                        + " has `gist, read:org`");
    }

    @Test
    void theProxyIsAskedForThePlace() throws Exception {
        github.stubFor(any(anyUrl()).willReturn(run()));
        HttpActionsClient client = new HttpActionsClient(
                GitHubServer.ofApi(URI.create("http://api.github.invalid")),
                REPOSITORY,
                new RenewableTokens("mine"),
                Clock.systemUTC(),
                network.over(ProxySelector.of(new InetSocketAddress("127.0.0.1", github.getPort()))));

        client.run(17, Optional.empty());

        github.verify(1, getRequestedFor(urlEqualTo(RUN)).withHeader("Host", equalTo("api.github.invalid")));
    }

    @Test
    void whoListensHearsOfEveryExchangeWithoutAnyToken() throws Exception {
        String token = "ghs_4242_eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";
        github.stubFor(post(anyUrl())
                .willReturn(json(422, "{\"message\": \"not " + token + "\"," + " ".repeat(4000) + "\"x\": 1}")
                        .withHeader("X-RateLimit-Remaining", "4987")
                        .withHeader("Set-Cookie", "secret")));

        assertThatThrownBy(() -> actions(token).dispatch("run-evals.yml", "main", Map.of("note", token)))
                .hasMessageEndingWith("422: not ***");

        assertThat(heard).singleElement().satisfies(exchange -> {
            assertThat(exchange.method()).isEqualTo("POST");
            assertThat(exchange.address())
                    .hasToString(
                            server().apiUrl() + "/repos/myorg/eval-runner/actions/workflows/run-evals.yml/dispatches");
            assertThat(exchange.status()).isEqualTo(422);
            assertThat(exchange.limits()).containsExactly(Map.entry("x-ratelimit-remaining", "4987"));
            assertThat(exchange.sent()).contains("\"note\":\"***\"");
            assertThat(exchange.received())
                    .startsWith("{\"message\": \"not ***\"")
                    .hasSizeLessThanOrEqualTo(2048);
            assertThat(exchange.toString()).doesNotContain("c2lnbmF0dXJl", "secret");
        });
    }

    @Test
    void whoListensHearsOfAnswersThatNeverCame() {
        github.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThatThrownBy(() -> actions("mine").cancel(17)).isInstanceOf(GitHubUnreachableException.class);

        assertThat(heard).singleElement().satisfies(exchange -> {
            assertThat(exchange.status()).isZero();
            assertThat(exchange.failure()).isPresent();
        });
    }
}
