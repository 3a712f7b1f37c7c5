package io.github.batchferry.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpActionsClientTest {
    private static final String TOKEN = "ghp_0123456789secret";
    private static final RepositorySlug REPOSITORY = RepositorySlug.parse("myorg/eval-runner");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_768_469_400), ZoneOffset.UTC);
    private static final String DISPATCHES =
            "/api/v3/repos/myorg/eval-runner/actions/workflows/run-evals.yml/dispatches";
    private static final String RUN = "/api/v3/repos/myorg/eval-runner/actions/runs/17";
    private static final Map<String, String> INPUTS = Map.of("batch_id", "20260115-093000-k3p7qa", "note", "é\"${{");

    @RegisterExtension
    static final WireMockExtension github = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension stranger = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final HttpActionsClient client = client(Duration.ofSeconds(10));

    private static HttpActionsClient client(Duration deadline) {
        return client(URI.create("http://127.0.0.1:" + github.getPort() + "/api/v3"), deadline);
    }

    private static HttpActionsClient client(URI api, Duration deadline) {
        return new HttpActionsClient(
                GitHubServer.ofApi(api), REPOSITORY, () -> new AccessToken(TOKEN), CLOCK, deadline);
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    private static String run(long id, String status, String conclusion) {
        return """
                {"id": %d, "name": "Run evals", "display_title": "llm-batch 20260115-093000-k3p7qa", "event": "workflow_dispatch",
                 "status": "%s", "conclusion": %s, "run_attempt": 2, "created_at": "2026-01-15T09:30:00Z",
                 "html_url": "https://github.com/myorg/eval-runner/actions/runs/%d", "something_new": [1]}
                """.formatted(id, status, conclusion, id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"https://a b\"", "null", "\"http://[\""})
    void aDispatchThatWasTakenIsNotLostOverTheAddressOfItsPage(String address) throws Exception {
        github.stubFor(
                post(DISPATCHES).willReturn(json(200, "{\"workflow_run_id\": 7, \"html_url\": " + address + "}")));

        assertThat(client.dispatch("run-evals.yml", "main", INPUTS))
                .isEqualTo(new Dispatched.Run(
                        7, URI.create("http://127.0.0.1:" + github.getPort() + "/myorg/eval-runner/actions/runs/7")));
    }

    @Test
    void aDispatchNamesItsRun() throws Exception {
        github.stubFor(post(DISPATCHES).willReturn(json(200, """
                        {"workflow_run_id": 9007199254740993, "run_url": "https://api.github.com/x",
                         "html_url": "https://github.com/myorg/eval-runner/actions/runs/9007199254740993"}
                        """)));

        assertThat(client.dispatch("run-evals.yml", "main", INPUTS))
                .isEqualTo(new Dispatched.Run(
                        9007199254740993L,
                        URI.create("https://github.com/myorg/eval-runner/actions/runs/9007199254740993")));
        github.verify(
                1,
                postRequestedFor(urlEqualTo(DISPATCHES))
                        .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                        .withHeader("X-GitHub-Api-Version", equalTo("2022-11-28"))
                        .withHeader("Accept", equalTo("application/vnd.github+json"))
                        .withHeader("User-Agent", matching("batchferry/\\d.*"))
                        .withRequestBody(equalToJson("""
                                {"ref": "main", "return_run_details": true,
                                 "inputs": {"batch_id": "20260115-093000-k3p7qa", "note": "é\\"${{"}}
                                """)));
    }

    @Test
    void aDispatchTakenWithoutDetailsIsUnnamed() throws Exception {
        for (ResponseDefinitionBuilder answer :
                List.of(aResponse().withStatus(204), json(200, ""), json(200, "{}"), json(200, "<html>"))) {
            github.stubFor(post(DISPATCHES).willReturn(answer));

            assertThat(client.dispatch("run-evals.yml", "main", INPUTS)).isEqualTo(new Dispatched.Unnamed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void aServerThatDoesNotKnowRunDetailsIsAskedWithoutThem(int status) throws Exception {
        github.stubFor(post(DISPATCHES)
                .willReturn(json(status, "{\"message\": \"\\\"return_run_details\\\" is not a permitted key.\"}")));
        github.stubFor(post(DISPATCHES)
                .withRequestBody(equalToJson("{\"ref\": \"main\", \"inputs\": {\"a\": \"b\"}}"))
                .willReturn(aResponse().withStatus(204)));

        assertThat(client.dispatch("run-evals.yml", "main", Map.of("a", "b"))).isEqualTo(new Dispatched.Unnamed());
        github.verify(2, postRequestedFor(urlEqualTo(DISPATCHES)));
    }

    @Test
    void aRefusedDispatchSaysWhatGitHubSaid() {
        github.stubFor(post(DISPATCHES).willReturn(json(422, """
                        {"message": "Validation Failed", "documentation_url": "https://docs.github.com",
                         "errors": ["no such input", {"resource": "Ref", "field": "ref", "code": "missing"},
                                    {"code": "custom", "message": "inputs are too large."}]}
                        """)));

        assertThatThrownBy(() -> client.dispatch("run-evals.yml", "main", INPUTS))
                .isExactlyInstanceOf(GitHubException.class)
                .hasMessage("cannot start workflow `run-evals.yml` of `myorg/eval-runner`: 422: Validation Failed;"
                        + " no such input; ref missing; inputs are too large.")
                .asInstanceOf(type(GitHubException.class))
                .extracting(GitHubException::status)
                .isEqualTo(422);
        github.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aDispatchWhoseAnswerIsLostIsNotRepeated(Fault fault) {
        github.stubFor(post(DISPATCHES).willReturn(aResponse().withStatus(200).withFault(fault)));

        assertThatThrownBy(() -> client.dispatch("run-evals.yml", "main", INPUTS))
                .isInstanceOf(GitHubUnreachableException.class)
                .hasMessageContaining("start workflow `run-evals.yml` of `myorg/eval-runner`");
        github.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    @Timeout(20)
    void aBodyThatStallsIsGivenUpAtTheDeadline() throws Exception {
        try (StallingServer server = new StallingServer()) {
            HttpActionsClient hasty = client(server.url(), Duration.ofSeconds(2));

            assertThatThrownBy(() -> hasty.run(17, Optional.empty()))
                    .isInstanceOf(GitHubUnreachableException.class)
                    .hasMessageContaining("stalled");
            assertThatThrownBy(() -> hasty.dispatch("run-evals.yml", "main", INPUTS))
                    .isInstanceOf(GitHubUnreachableException.class);
        }
    }

    @Test
    void anAnswerThatNeverBeginsIsGivenUpAtTheDeadline() {
        github.stubFor(
                get(anyUrl()).willReturn(json(200, run(17, "queued", "null")).withFixedDelay(5_000)));

        assertThatThrownBy(() -> client(Duration.ofMillis(200)).run(17, Optional.empty()))
                .isInstanceOf(GitHubUnreachableException.class)
                .hasMessageContaining("no answer within 200 ms");
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        HttpActionsClient nowhere = client(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(5));

        assertThatThrownBy(() -> nowhere.cancel(17)).isInstanceOf(GitHubUnreachableException.class);
    }

    @Test
    void aLookReadsTheRunWithItsEtag() throws Exception {
        github.stubFor(get(RUN + "?exclude_pull_requests=true")
                .willReturn(json(200, run(17, "completed", "\"success\"")).withHeader("ETag", "W/\"abc\"")));

        assertThat(client.run(17, Optional.empty()))
                .isEqualTo(new RunLook.Changed(
                        new WorkflowRun(
                                17,
                                2,
                                "llm-batch 20260115-093000-k3p7qa",
                                "workflow_dispatch",
                                "completed",
                                Optional.of("success"),
                                Instant.parse("2026-01-15T09:30:00Z"),
                                URI.create("https://github.com/myorg/eval-runner/actions/runs/17")),
                        Optional.of("W/\"abc\"")));
        github.verify(getRequestedFor(anyUrl()).withHeader("If-None-Match", absent()));
    }

    @Test
    void anUnchangedRunIsUnchanged() throws Exception {
        github.stubFor(get(RUN + "?exclude_pull_requests=true")
                .withHeader("If-None-Match", equalTo("W/\"abc\""))
                .willReturn(aResponse().withStatus(304)));

        assertThat(client.run(17, Optional.of("W/\"abc\""))).isEqualTo(new RunLook.Unchanged());
    }

    @Test
    void whatOlderServersLeaveOutIsFilledIn() throws Exception {
        github.stubFor(get(anyUrl())
                .willReturn(json(
                        200, "{\"id\": 17, \"status\": \"queued\", \"created_at\": \"2026-01-15T10:30:00+01:00\"}")));

        WorkflowRun run = ((RunLook.Changed) client.run(17, Optional.empty())).run();
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.createdAt()).isEqualTo("2026-01-15T09:30:00Z");
        assertThat(run.htmlUrl())
                .hasToString("http://127.0.0.1:" + github.getPort() + "/myorg/eval-runner/actions/runs/17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"id\": 17, \"status\": \"queued\", \"created_at\": \"soon\"}"})
    void anAnswerThatIsNoRunIsAnError(String body) {
        github.stubFor(get(anyUrl()).willReturn(json(200, body)));

        assertThatThrownBy(() -> client.run(17, Optional.empty()))
                .isInstanceOf(GitHubException.class)
                .hasMessage("cannot read run 17 of `myorg/eval-runner`: GitHub's answer cannot be read");
    }

    @Test
    void recentRunsAreListedWithoutFilters() throws Exception {
        String path = "/api/v3/repos/myorg/eval-runner/actions/workflows/run%20evals.yml/runs"
                + "?per_page=100&exclude_pull_requests=true";
        github.stubFor(get(path)
                .willReturn(json(
                                200,
                                "{\"total_count\": 2, \"workflow_runs\": [" + run(18, "queued", "null") + ","
                                        + run(17, "completed", "\"failure\"") + "]}")
                        .withHeader("Link", "<" + stranger.baseUrl() + "/next>; rel=\"next\"")));

        assertThat(client.runs("run evals.yml", 1)).extracting(WorkflowRun::id).containsExactly(18L, 17L);
        stranger.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void jobsTellWhichRunnerTheyWant() throws Exception {
        github.stubFor(get(RUN + "/jobs?per_page=100").willReturn(json(200, """
                        {"total_count": 1, "jobs": [{"id": 5, "name": "batch", "status": "queued", "conclusion": null,
                         "labels": ["self-hosted", "gpu"],
                         "steps": [{"number": 1, "name": "go", "status": "completed", "conclusion": "success"}]}]}
                        """)));

        assertThat(client.jobsOf(17))
                .containsExactly(new WorkflowJob(
                        5,
                        "batch",
                        "queued",
                        Optional.empty(),
                        List.of(new WorkflowJob.Step(1, "go", "completed", Optional.of("success"))),
                        List.of("self-hosted", "gpu")));
    }

    @Test
    void whatARunWaitsForHasPeopleTeamsAndTimers() throws Exception {
        github.stubFor(get(RUN + "/pending_deployments").willReturn(json(200, """
                        [{"environment": {"id": 1, "name": "batchferry"}, "wait_timer": 30, "reviewers": [
                          {"type": "User", "reviewer": {"login": "alice"}},
                          {"type": "Team", "reviewer": {"name": "release-team", "slug": "x"}}]}]
                        """)));

        assertThat(client.pendingDeployments(17))
                .containsExactly(
                        new PendingDeployment("batchferry", List.of("alice", "release-team"), Duration.ofMinutes(30)));
    }

    @Test
    void aWorkflowHasAStateOrIsNotThere() throws Exception {
        String workflows = "/api/v3/repos/myorg/eval-runner/actions/workflows/";
        github.stubFor(get(workflows + "a.yml").willReturn(json(200, "{\"state\": \"disabled_fork\"}")));
        github.stubFor(get(workflows + "b.yml").willReturn(json(404, "{\"message\": \"Not Found\"}")));

        assertThat(client.workflowState("a.yml")).contains("disabled_fork");
        assertThat(client.workflowState("b.yml")).isEmpty();
    }

    @Test
    void aRepositoryIsSeenOrNot() throws Exception {
        String root = "/api/v3/repos/myorg/eval-runner";
        github.stubFor(get(root).willReturn(json(200, "{\"default_branch\": \"trunk\", \"archived\": true}")));
        assertThat(client.repositoryFacts()).contains(new RepositoryFacts("trunk", true));
        github.stubFor(get(root).willReturn(json(404, "{}")));
        assertThat(client.repositoryFacts()).isEmpty();
    }

    @Test
    void filesOfAnyBranchCanBeLookedForAndThoseOfTheDefaultBranchRead() throws Exception {
        String path = "/api/v3/repos/myorg/eval-runner/contents/.github/workflows/a.yml";
        github.stubFor(get(path)
                .withHeader("Accept", equalTo("application/vnd.github.raw+json"))
                .willReturn(aResponse().withStatus(200).withBody("on: push\n")));
        github.stubFor(get(path + "?ref=release%2F1").willReturn(json(200, "{}")));
        github.stubFor(get(path + "?ref=other").willReturn(json(404, "{}")));

        assertThat(client.file(".github/workflows/a.yml")).map(String::new).contains("on: push\n");
        assertThat(client.hasFile(".github/workflows/a.yml", "release/1")).isTrue();
        assertThat(client.hasFile(".github/workflows/a.yml", "other")).isFalse();
        github.stubFor(get(path).willReturn(json(403, "{\"message\": \"Resource not accessible\"}")));
        assertThat(client.file(".github/workflows/a.yml")).isEmpty();
    }

    @Test
    void whatIsLeftOfTheRateLimitIsKnownFromTheLastAnswer() throws Exception {
        assertThat(client.quota()).isEmpty();
        github.stubFor(post(RUN + "/cancel")
                .willReturn(json(202, "{}")
                        .withHeader("X-RateLimit-Limit", "1000")
                        .withHeader("X-RateLimit-Remaining", "99")));

        client.cancel(17);

        assertThat(client.quota()).contains(new Quota(1000, 99));
        assertThat(client.quota().orElseThrow().scarce()).isTrue();
        assertThat(new Quota(1000, 100).scarce()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 409})
    void aRunThatIsOverMayBeCancelledToo(int status) throws Exception {
        github.stubFor(post(RUN + "/cancel").willReturn(json(status, "{}")));
        github.stubFor(post(RUN + "/force-cancel").willReturn(json(status, "{}")));

        client.cancel(17);
        client.forceCancel(17);

        github.verify(1, postRequestedFor(urlEqualTo(RUN + "/cancel")));
        github.verify(1, postRequestedFor(urlEqualTo(RUN + "/force-cancel")));
    }

    @Test
    void aRunIsStartedAgain() throws Exception {
        github.stubFor(post(RUN + "/rerun").willReturn(json(201, "{}")));

        client.rerun(17);

        github.verify(1, postRequestedFor(urlEqualTo(RUN + "/rerun")));
    }

    @Test
    void aRunThatIsNotOverCannotBeStartedAgainAndTheTokenIsNotBlamed() {
        github.stubFor(
                post(RUN + "/rerun").willReturn(json(403, "{\"message\": \"This workflow is already running\"}")));

        assertThatThrownBy(() -> client.rerun(17))
                .isExactlyInstanceOf(GitHubException.class)
                .hasMessage("cannot re-run run 17 of `myorg/eval-runner`: 403: This workflow is already running");
    }

    @Test
    void aBadTokenIsAnAuthenticationError() {
        github.stubFor(any(anyUrl()).willReturn(json(401, "{\"message\": \"Bad credentials\"}")));

        assertThatThrownBy(() -> client.run(17, Optional.empty()))
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessageContaining("401: Bad credentials");
    }

    @Test
    void aTokenThatMayNotIsToldWhatItNeeds() {
        github.stubFor(any(anyUrl())
                .willReturn(json(403, "{\"message\": \"Resource not accessible by personal access token\"}")
                        .withHeader("X-Accepted-GitHub-Permissions", "actions=write")));

        assertThatThrownBy(() -> client.dispatch("run-evals.yml", "main", INPUTS))
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessageContaining("Resource not accessible")
                .hasMessageEndingWith("it needs the permission `actions=write`");
    }

    @ParameterizedTest
    @CsvSource({
        // status, retry-after, remaining, reset (120 s ahead is 1768469520), message, expected wait
        "403, 7, , , whatever, 7",
        "429, 7, 0, 1768469520, whatever, 7",
        "403, , 0, 1768469520, API rate limit exceeded, 121",
        "429, , , , whatever, 60",
        "403, , , , You have exceeded a secondary rate limit, 60",
        "403, , 0, 1768469000, API rate limit exceeded, 1",
        "403, 0, , , whatever, 1"
    })
    void aRateLimitSaysHowLongToWait(
            int status, String retryAfter, String remaining, String reset, String message, int expected) {
        ResponseDefinitionBuilder answer = json(status, "{\"message\": \"" + message + "\"}");
        Optional.ofNullable(retryAfter).ifPresent(value -> answer.withHeader("Retry-After", value));
        Optional.ofNullable(remaining).ifPresent(value -> answer.withHeader("X-RateLimit-Remaining", value));
        Optional.ofNullable(reset).ifPresent(value -> answer.withHeader("X-RateLimit-Reset", value));
        github.stubFor(any(anyUrl()).willReturn(answer));

        assertThatThrownBy(() -> client.run(17, Optional.empty()))
                .asInstanceOf(type(GitHubRateLimitException.class))
                .satisfies(limit -> assertThat(limit.waitTime()).hasSeconds(expected))
                .satisfies(limit -> assertThat(limit.status()).isEqualTo(status));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        github.stubFor(any(anyUrl()).willReturn(json(404, "{\"message\": \"Not Found\"}")));

        assertThatThrownBy(() -> client.dispatch("typo.yml", "main", INPUTS))
                .isInstanceOf(GitHubNotFoundException.class)
                .hasMessageContaining("`typo.yml`");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void aServerInTroubleMayOrMayNotHaveActed(int status) {
        github.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody("<html>Unicorn</html>")));

        assertThatThrownBy(() -> client.dispatch("run-evals.yml", "main", INPUTS))
                .asInstanceOf(type(GitHubUnreachableException.class))
                .extracting(GitHubException::status)
                .isEqualTo(status);
        github.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void noRedirectIsFollowed(int status) {
        github.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(status).withHeader("Location", stranger.baseUrl() + "/elsewhere")));

        assertThatThrownBy(() -> client.run(17, Optional.empty()))
                .isExactlyInstanceOf(GitHubException.class)
                .hasMessageContaining("points to another address");
        assertThatThrownBy(() -> client.dispatch("run-evals.yml", "main", INPUTS))
                .isExactlyInstanceOf(GitHubException.class);
        stranger.verify(0, anyRequestedFor(anyUrl()));
        github.verify(2, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 308})
    void aRepositoryThatWasRenamedIsReadUnderItsNewNameOnce(int status) throws Exception {
        github.stubFor(get(RUN + "?exclude_pull_requests=true")
                .willReturn(aResponse().withStatus(status).withHeader("Location", "/repositories/7/runs/17")));
        github.stubFor(get("/repositories/7/runs/17").willReturn(json(200, run(17, "queued", "null"))));

        assertThat(client.run(17, Optional.empty())).isInstanceOf(RunLook.Changed.class);

        github.verify(getRequestedFor(urlEqualTo("/repositories/7/runs/17"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN)));
        github.stubFor(get("/repositories/7/runs/17")
                .willReturn(aResponse().withStatus(status).withHeader("Location", "/repositories/7/runs/17")));
        assertThatThrownBy(() -> client.run(17, Optional.empty())).hasMessageContaining("points to another address");
    }

    @Test
    void whatChangesSomethingIsNotRepeatedAtAnotherAddress() {
        github.stubFor(post(RUN + "/cancel")
                .willReturn(aResponse().withStatus(307).withHeader("Location", "/repositories/7/cancel")));

        assertThatThrownBy(() -> client.cancel(17)).hasMessageContaining("was the repository renamed?");
        github.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void aTokenThatGitHubEchoesIsNotShown() {
        github.stubFor(any(anyUrl()).willReturn(json(422, "{\"message\": \"bad " + TOKEN + "\\u0007\\nend\"}")));

        Throwable thrown = catchThrowable(() -> client.rerun(17));

        assertThat(thrown).hasMessageEndingWith("422: bad *** end");
        assertThat(thrown).hasNoCause();
    }

    @Test
    void theTokenIsAskedForEveryTime() throws Exception {
        github.stubFor(any(anyUrl()).willReturn(json(202, "{}")));
        AtomicInteger count = new AtomicInteger();
        HttpActionsClient renewing = new HttpActionsClient(
                GitHubServer.ofApi(URI.create(github.baseUrl())),
                REPOSITORY,
                () -> new AccessToken("token-" + count.incrementAndGet()),
                CLOCK);

        renewing.cancel(17);
        renewing.cancel(17);

        github.verify(1, anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer token-1")));
        github.verify(1, anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer token-2")));
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> client.cancel(17)).isInstanceOf(GitHubUnreachableException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
