package io.github.batchferry.provider.batch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.ScenarioMappingBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.batchferry.github.AccessToken;
import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.HttpActionsClient;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.wire.BatchId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dispatching and watching over HTTP while the server misbehaves, on a simulated clock. */
class HttpFaultsTest {
    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private static final String ACTIONS = "/repos/myorg/eval-runner/actions";
    private static final String DISPATCHES = ACTIONS + "/workflows/run-evals.yml/dispatches";
    private static final String RUNS = ACTIONS + "/workflows/run-evals.yml/runs";
    private static final String RUN = ACTIONS + "/runs/17";

    /** The name that the world's random numbers make of the first batch. */
    private static final BatchId FIRST = BatchId.create(TestTime.START, new Random(7));

    private static final String EMPTY = "{\"total_count\":0,\"workflow_runs\":[]}";

    @TempDir
    private Path folder;

    private World world;
    private JournaledBatches client;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void aServerOnWhichAllIsWell() {
        SERVER.resetAll();
        world = new World(folder);
        HttpActionsClient actions = new HttpActionsClient(
                GitHubServer.ofApi(URI.create(SERVER.baseUrl())),
                World.TARGET.repository(),
                () -> new AccessToken("secret"),
                world.time);
        client = world.client(
                world.time, usual -> new RunnerConnection(actions, world.github, world.git, "run-evals.yml"));
        inTurn(() -> post(urlPathEqualTo(DISPATCHES)), taken());
        inTurn(() -> get(urlPathEqualTo(RUNS)), okJson(EMPTY));
        inTurn(() -> get(urlPathEqualTo(RUN)), okJson(run("queued", "null")), completed());
    }

    @Test
    void allIsWellWithOnePost() throws Exception {
        assertThat(finish()).isEqualTo(17);
        assertPosts(1);
        SERVER.verify(0, getRequestedFor(urlPathEqualTo(RUNS)));
    }

    @Test
    void aLostAnswerIsFollowedByASearchAndNotByAnotherPost() throws Exception {
        inTurn(() -> post(urlPathEqualTo(DISPATCHES)), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        inTurn(() -> get(urlPathEqualTo(RUNS)), okJson(EMPTY), okJson(EMPTY), listed());

        assertThat(finish()).isEqualTo(17);
        assertPosts(1);
    }

    @Test
    void anAnswerThatBreaksOffMayHaveBeenAYes() throws Exception {
        inTurn(() -> post(urlPathEqualTo(DISPATCHES)), aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
        inTurn(() -> get(urlPathEqualTo(RUNS)), listed());

        assertThat(finish()).isEqualTo(17);
        assertPosts(1);
    }

    @Test
    void aRunThatShowsLateIsNotDispatchedAgain() throws Exception {
        inTurn(() -> post(urlPathEqualTo(DISPATCHES)), aResponse().withStatus(502));
        List<ResponseDefinitionBuilder> late = new ArrayList<>(Collections.nCopies(15, okJson(EMPTY)));
        late.add(listed());
        inTurn(() -> get(urlPathEqualTo(RUNS)), late.toArray(ResponseDefinitionBuilder[]::new));

        assertThat(finish()).isEqualTo(17);
        assertPosts(1);
        assertThat(world.time.elapsed()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    }

    @Test
    void aDispatchThatCertainlyDidNotArriveIsPostedOnceMore() throws Exception {
        inTurn(() -> post(urlPathEqualTo(DISPATCHES)), aResponse().withStatus(500), taken());

        assertThat(finish()).isEqualTo(17);
        assertPosts(2);
        assertThat(world.time.elapsed()).isGreaterThan(Duration.ofMinutes(3));
    }

    @Test
    void aStormOfServerErrorsLeavesItUnsure() {
        inTurn(() -> post(urlPathEqualTo(DISPATCHES)), aResponse().withStatus(503));
        inTurn(() -> get(urlPathEqualTo(RUNS)), aResponse().withStatus(503));

        assertThatThrownBy(this::finish)
                .isInstanceOf(DispatchUnsureException.class)
                .hasMessageStartingWith("cannot tell whether the dispatch arrived: ");
        assertPosts(1);
    }

    @Test
    void anAnswerWithoutANumberIsFoundByName() throws Exception {
        inTurn(() -> post(urlPathEqualTo(DISPATCHES)), aResponse().withStatus(204));
        inTurn(() -> get(urlPathEqualTo(RUNS)), okJson(EMPTY), aResponse().withStatus(500), listed());

        assertThat(finish()).isEqualTo(17);
        assertPosts(1);
    }

    @Test
    void aServerThatDoesNotKnowRunDetailsIsAskedForThemOnce() throws Exception {
        SERVER.stubFor(post(urlPathEqualTo(DISPATCHES))
                .atPriority(1)
                .withRequestBody(matchingJsonPath("$.return_run_details"))
                .willReturn(aResponse().withStatus(422).withBody("{\"message\":\"return_run_details: no such key\"}")));

        assertThat(finish()).isEqualTo(17);
        client.submit(World.requests(3), World.TARGET, false);

        assertPosts(3);
        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo(DISPATCHES)).withRequestBody(matchingJsonPath("$.return_run_details")));
    }

    @Test
    void aRateLimitIsWaitedForBeforeThePostIsRepeated() throws Exception {
        inTurn(
                () -> post(urlPathEqualTo(DISPATCHES)),
                aResponse().withStatus(403).withHeader("Retry-After", "77").withBody("{\"message\":\"slow down\"}"),
                aResponse().withStatus(429),
                aResponse().withStatus(429),
                taken());

        assertThat(finish()).isEqualTo(17);
        assertPosts(4);
        assertThat(world.heard.words).containsSequence("delayed PT1M17S", "delayed PT2M", "delayed PT4M", "dispatched");
    }

    @Test
    void aResetIsToldByTheClockOfTheServer() throws Exception {
        // the server's clock is an hour behind ours; by ours the reset would be long over
        inTurn(
                () -> post(urlPathEqualTo(DISPATCHES)),
                aResponse()
                        .withStatus(403)
                        .withHeader("Date", "Thu, 15 Jan 2026 08:30:00 GMT")
                        .withHeader("X-RateLimit-Remaining", "0")
                        .withHeader("X-RateLimit-Reset", "1768465860"),
                taken());

        finish();

        assertThat(world.heard.words).contains("delayed PT1M1S");
    }

    @Test
    void aRunThatDoesNotShowAtOnceIsWaitedFor() throws Exception {
        ResponseDefinitionBuilder missing = aResponse().withStatus(404).withBody("{\"message\":\"Not Found\"}");
        inTurn(() -> get(urlPathEqualTo(RUN)), missing, missing, missing, okJson(run("queued", "null")), completed());

        assertThat(finish()).isEqualTo(17);
        assertPosts(1);
    }

    @Test
    void anUnchangedRunIsAskedForByItsEtag() throws Exception {
        ResponseDefinitionBuilder unchanged = aResponse().withStatus(304);
        inTurn(
                () -> get(urlPathEqualTo(RUN)),
                okJson(run("in_progress", "null")).withHeader("ETag", "\"one\""),
                unchanged,
                unchanged,
                unchanged,
                completed());

        assertThat(finish()).isEqualTo(17);

        SERVER.verify(1, getRequestedFor(urlPathEqualTo(RUN)).withHeader("If-None-Match", absent()));
        SERVER.verify(4, getRequestedFor(urlPathEqualTo(RUN)).withHeader("If-None-Match", equalTo("\"one\"")));
    }

    @Test
    void nothingButTheRunsOwnWordEndsTheWait() throws Exception {
        List<ResponseDefinitionBuilder> storm = new ArrayList<>();
        storm.add(okJson(run("in_progress", "null")));
        for (int i = 0; i < 5; i++) {
            storm.add(aResponse().withStatus(500 + i));
            storm.add(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
            storm.add(aResponse().withFault(Fault.EMPTY_RESPONSE));
            storm.add(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
            storm.add(aResponse().withStatus(200).withBody("<html>Please sign in to the guest network</html>"));
            storm.add(aResponse().withStatus(302).withHeader("Location", "https://proxy.example/login"));
            storm.add(aResponse().withStatus(429).withHeader("Retry-After", "30"));
        }
        storm.add(completed());
        inTurn(() -> get(urlPathEqualTo(RUN)), storm.toArray(ResponseDefinitionBuilder[]::new));

        assertThat(finish()).isEqualTo(17);
        assertPosts(1);
        assertThat(world.heard.failedLooks).hasSizeGreaterThan(25);
    }

    /** Submits and waits; gives the run. */
    private long finish() throws Exception {
        BatchId id = client.submit(World.requests(2), World.TARGET, false).batch();
        RunReport report = client.watch(id);
        assertThat(report.run()).map(WorkflowRun::completed).contains(true);
        return report.run().orElseThrow().id();
    }

    private static void assertPosts(int count) {
        SERVER.verify(count, postRequestedFor(urlPathEqualTo(DISPATCHES)));
    }

    /** Gives one answer after the other, and the last one for ever. */
    private static void inTurn(Supplier<MappingBuilder> request, ResponseDefinitionBuilder... answers) {
        String name = "turn " + SERVER.listAllStubMappings().getMappings().size();
        for (int i = 0; i < answers.length; i++) {
            ScenarioMappingBuilder step = request.get()
                    .inScenario(name)
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
                    .willReturn(answers[i]);
            SERVER.stubFor(i == answers.length - 1 ? step : step.willSetStateTo("after " + (i + 1)));
        }
    }

    private static ResponseDefinitionBuilder taken() {
        return okJson("{\"workflow_run_id\":17,\"html_url\":\"https://github.example/runs/17\"}");
    }

    private static ResponseDefinitionBuilder completed() {
        return okJson(run("completed", "\"success\""));
    }

    private static ResponseDefinitionBuilder listed() {
        return okJson("{\"total_count\":1,\"workflow_runs\":[" + run("queued", "null") + "]}");
    }

    private static String run(String status, String conclusion) {
        return """
                {"id":17,"run_attempt":1,"display_title":"%s","event":"workflow_dispatch","status":"%s",
                 "conclusion":%s,"created_at":"2026-01-15T09:30:00Z","html_url":"https://github.example/runs/17"}
                """.formatted("llm-batch " + FIRST, status, conclusion);
    }
}
