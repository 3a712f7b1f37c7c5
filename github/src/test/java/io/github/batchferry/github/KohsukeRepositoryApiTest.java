package io.github.batchferry.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.lessThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KohsukeRepositoryApiTest {
    private static final String TOKEN = "ghs_0123456789secret";
    private static final String REPO = "/repos/myorg/eval-runner";
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_768_469_400), ZoneOffset.UTC);

    @RegisterExtension
    static final WireMockExtension github = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension stranger = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final KohsukeRepositoryApi api = api(URI.create("http://127.0.0.1:" + github.getPort()));

    private static KohsukeRepositoryApi api(URI url) {
        return new KohsukeRepositoryApi(
                GitHubServer.ofApi(url),
                RepositorySlug.parse("myorg/eval-runner"),
                () -> new AccessToken(TOKEN),
                CLOCK,
                Duration.ofSeconds(5));
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    @BeforeEach
    void aRepository() {
        github.stubFor(get(REPO).willReturn(json(200, """
                        {"id": 1, "name": "eval-runner", "full_name": "myorg/eval-runner", "owner": {"login": "myorg", "id": 2},
                         "default_branch": "trunk", "private": true}
                        """)));
    }

    private static List<String> requests() {
        return github.findAll(anyRequestedFor(anyUrl())).stream()
                .map(LoggedRequest::getUrl)
                .toList();
    }

    @Test
    void theDefaultBranchIsOneRequestWithTheUsualHeaders() throws Exception {
        assertThat(api.defaultBranch()).isEqualTo("trunk");

        assertThat(requests()).containsExactly(REPO);
        github.verify(
                1,
                anyRequestedFor(anyUrl())
                        .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                        .withHeader("X-GitHub-Api-Version", equalTo("2022-11-28"))
                        .withHeader("User-Agent", matching("batchferry/\\d.*")));
    }

    private static String content(String text) {
        String base64 = Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return """
                {"type": "file", "encoding": "base64", "size": %d, "name": "vendors.yaml", "path": ".ferry/vendors.yaml",
                 "sha": "x", "content": "%s"}
                """.formatted(text.length(), base64.replace("\r\n", "\\n"));
    }

    @Test
    void aFileIsReadFromTheDefaultBranch() throws Exception {
        String text = "vendors:\n" + "  é: 漢\n".repeat(500);
        github.stubFor(get(REPO + "/contents/.ferry/vendors.yaml").willReturn(json(200, content(text))));

        assertThat(api.file(".ferry/vendors.yaml"))
                .hasValueSatisfying(bytes ->
                        assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo(text));
        assertThat(requests()).containsExactly(REPO, REPO + "/contents/.ferry/vendors.yaml");
    }

    @Test
    void aPathIsEncoded() throws Exception {
        github.stubFor(get(REPO + "/contents/a%20b/%C3%A9%3F%23.txt").willReturn(json(200, content("x"))));

        assertThat(api.file("a b/é?#.txt")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aFileThatIsNotThereOrMayNotBeReadIsEmpty(int status) throws Exception {
        github.stubFor(get(REPO + "/contents/.ferry/vendors.yaml")
                .willReturn(json(status, "{\"message\": \"No\"}").withHeader("ETag", "\"x\"")));

        assertThat(api.file(".ferry/vendors.yaml")).isEmpty();
        assertThat(requests()).hasSize(2);
    }

    @Test
    void aRepositoryThatIsNotThereIsNotAMissingFile() {
        github.stubFor(get(REPO).willReturn(json(404, "{\"message\": \"Not Found\"}")));

        assertThatThrownBy(() -> api.file(".ferry/vendors.yaml")).isInstanceOf(GitHubNotFoundException.class);
        assertThatThrownBy(api::defaultBranch).isInstanceOf(GitHubNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "<html>", "{\"type\": \"file\", \"encoding\": \"none\", \"content\": \"\"}"})
    void whatIsNoReadableFileIsAnError(String body) {
        github.stubFor(get(REPO + "/contents/x").willReturn(json(200, body)));

        assertThatThrownBy(() -> api.file("x"))
                .isExactlyInstanceOf(GitHubException.class)
                .hasMessage("cannot read file `x` of `myorg/eval-runner`: GitHub's answer cannot be read");
    }

    private static void jobsOfRun17(ResponseDefinitionBuilder jobs) {
        github.stubFor(get(REPO + "/actions/runs/17").willReturn(json(200, "{\"id\": 17, \"name\": \"Run evals\"}")));
        github.stubFor(
                get(REPO + "/actions/runs/17/jobs?filter=latest&per_page=100").willReturn(jobs));
    }

    private static String jobs(int id) {
        return """
                {"total_count": 2, "jobs": [{"id": %d, "run_id": 17, "name": "Answer the batch", "status": "completed",
                 "conclusion": "failure", "steps": [
                   {"number": 1, "name": "Fetch the batch runner", "status": "completed", "conclusion": "success"},
                   {"number": 2, "name": "Answer the requests", "status": "in_progress", "conclusion": null}]}]}
                """.formatted(id);
    }

    @Test
    void theJobsOfARunComeWithTheirSteps() throws Exception {
        jobsOfRun17(json(200, jobs(99)));

        assertThat(api.jobs(17))
                .containsExactly(new WorkflowJob(
                        99,
                        "Answer the batch",
                        "completed",
                        Optional.of("failure"),
                        List.of(
                                new WorkflowJob.Step(1, "Fetch the batch runner", "completed", Optional.of("success")),
                                new WorkflowJob.Step(2, "Answer the requests", "in_progress", Optional.empty()))));
    }

    @Test
    void moreJobsThanAPageHoldsAreFetchedFromTheSameHost() throws Exception {
        String next = REPO + "/actions/runs/17/jobs?filter=latest&per_page=100&page=2";
        jobsOfRun17(json(200, jobs(1))
                .withHeader(
                        "Link", "<" + github.baseUrl().replace("localhost", "127.0.0.1") + next + ">; rel=\"next\""));
        github.stubFor(get(next).willReturn(json(200, jobs(2))));

        assertThat(api.jobs(17)).extracting(WorkflowJob::id).containsExactly(1L, 2L);
    }

    @Test
    void aLinkToAnotherHostIsNotFollowed() {
        stranger.stubFor(any(anyUrl()).willReturn(json(200, jobs(2))));
        jobsOfRun17(json(200, jobs(1)).withHeader("Link", "<" + stranger.baseUrl() + "/next>; rel=\"next\""));

        assertThatThrownBy(() -> api.jobs(17))
                .isInstanceOf(GitHubException.class)
                .hasMessageContaining("where the token must not go");
        stranger.verify(0, anyRequestedFor(anyUrl()));
    }

    private static void logOfJob99(ResponseDefinitionBuilder answer) {
        github.stubFor(get(REPO + "/actions/jobs/99").willReturn(json(200, "{\"id\": 99, \"name\": \"Answer\"}")));
        github.stubFor(get(REPO + "/actions/jobs/99/logs").willReturn(answer));
    }

    @Test
    void aLogIsFetchedFromItsStorageWithoutTheToken() throws Exception {
        logOfJob99(aResponse().withStatus(302).withHeader("Location", stranger.baseUrl() + "/blob?sig=x%2By"));
        stranger.stubFor(get("/blob?sig=x%2By")
                .willReturn(aResponse().withBody("\uFEFF2026-01-15 one\r\n2026-01-15 two\n2026-01-15 three")));

        assertThat(api.jobLogTail(99, 2)).containsExactly("2026-01-15 two", "2026-01-15 three");
        assertThat(api.jobLogTail(99, 9)).startsWith("2026-01-15 one").hasSize(3);
        stranger.verify(2, anyRequestedFor(anyUrl()).withHeader("Authorization", absent()));
        stranger.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void aLongLogIsReadInPassing() throws Exception {
        String text = IntStream.range(0, 100_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        logOfJob99(aResponse().withBody(text + "\n" + "x".repeat(50_000) + "\n"));

        List<String> tail = api.jobLogTail(99, 3);

        assertThat(tail).hasSize(3).startsWith("line 99998", "line 99999");
        assertThat(tail.get(2)).hasSize(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aLogThatIsNotThereIsEmpty(int status) throws Exception {
        logOfJob99(json(status, "{\"message\": \"Gone\"}"));

        assertThat(api.jobLogTail(99, 10)).isEmpty();
    }

    @Test
    void refusalsAreOurExceptions() {
        github.stubFor(get(REPO).willReturn(json(401, "{\"message\": \"Bad credentials\"}")));
        assertThatThrownBy(api::defaultBranch)
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessageContaining("Bad credentials");

        github.stubFor(get(REPO).willReturn(json(502, "")));
        assertThatThrownBy(api::defaultBranch).isInstanceOf(GitHubUnreachableException.class);
        assertThat(requests()).hasSize(2);
    }

    @Test
    void aRateLimitIsToldAtOnceAndNotSleptThrough() {
        github.stubFor(get(REPO)
                .willReturn(json(403, "{\"message\": \"API rate limit exceeded\"}")
                        .withHeader("X-RateLimit-Limit", "5000")
                        .withHeader("X-RateLimit-Remaining", "0")
                        .withHeader("X-RateLimit-Reset", "1768469520")));

        assertThatThrownBy(api::defaultBranch)
                .asInstanceOf(type(GitHubRateLimitException.class))
                .satisfies(limit -> assertThat(limit.waitTime()).hasSeconds(121));
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aLostAnswerIsUnreachable(Fault fault) {
        github.stubFor(get(REPO).willReturn(aResponse().withFault(fault)));

        assertThatThrownBy(api::defaultBranch).isInstanceOf(GitHubUnreachableException.class);
        // the JDK's client repeats a GET once whose connection ended before the answer began; kohsuke's three do not
        // add up
        github.verify(lessThanOrExactly(2), anyRequestedFor(anyUrl()));
    }

    @Test
    @Timeout(20)
    void aBodyThatStallsIsGivenUpAtTheDeadline() throws Exception {
        try (StallingServer server = new StallingServer()) {
            RepositoryApi hasty = new KohsukeRepositoryApi(
                    GitHubServer.ofApi(server.url()),
                    RepositorySlug.parse("myorg/eval-runner"),
                    () -> new AccessToken(TOKEN),
                    CLOCK,
                    Duration.ofSeconds(2));

            assertThatThrownBy(hasty::defaultBranch)
                    .isInstanceOf(GitHubUnreachableException.class)
                    .hasMessageContaining("stalled");
        }
    }
}
