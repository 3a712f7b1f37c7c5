package io.github.batchferry.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GitHubRestTest {
    private static final String TOKEN = "ghp_0123456789secret";
    private static final RepositorySlug REPOSITORY = RepositorySlug.parse("myorg/eval-runner");

    @RegisterExtension
    static final WireMockExtension github = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension stranger = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final GitHubRest rest = new GitHubRest(
            GitHubServer.ofApi(URI.create(github.baseUrl() + "/api/v3")),
            REPOSITORY,
            () -> new AccessToken(TOKEN),
            Clock.systemUTC(),
            ApiNetwork.usual());

    @Test
    void callsAreAboutTheRepositoryAndSayWhoCallsAndInWhichVersion() throws Exception {
        github.stubFor(get("/api/v3/repos/myorg/eval-runner/environments/a%20b")
                .willReturn(aResponse().withHeader("X-Some", "thing").withBody("{\"name\":\"a b\"}")));

        RestReply reply =
                rest.get("read the environment", "/environments/a%20b").expect(200);

        assertThat(reply.json().path("name").asText()).isEqualTo("a b");
        assertThat(reply.header("x-some")).hasValue("thing");
        github.verify(getRequestedFor(urlEqualTo("/api/v3/repos/myorg/eval-runner/environments/a%20b"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                .withHeader("Accept", equalTo("application/vnd.github+json"))
                .withHeader("X-GitHub-Api-Version", equalTo("2022-11-28")));
    }

    @Test
    void bodiesGoAsJsonAndFilesComeAsTheyAre() throws Exception {
        github.stubFor(request("PUT", urlEqualTo("/api/v3/repos/myorg/eval-runner/x"))
                .willReturn(aResponse().withStatus(201)));
        github.stubFor(get("/api/v3/repos/myorg/eval-runner/contents/f")
                .willReturn(aResponse().withBody(new byte[] {0, 1, -1})));

        assertThat(rest.send(
                                "PUT",
                                "do it",
                                "/x",
                                JsonNodeFactory.instance.objectNode().put("a", 1))
                        .is(200, 201))
                .isTrue();
        assertThat(rest.raw("read `f`", "/contents/f").bytes()).containsExactly(0, 1, -1);
        github.verify(putRequestedFor(urlEqualTo("/api/v3/repos/myorg/eval-runner/x"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("{\"a\":1}")));
        github.verify(getRequestedFor(urlEqualTo("/api/v3/repos/myorg/eval-runner/contents/f"))
                .withHeader("Accept", equalTo("application/vnd.github.raw+json")));
    }

    @Test
    void aRefusalIsAnAnswerUntilItIsAskedWhatItMeans() throws Exception {
        github.stubFor(get("/api/v3/meta")
                .willReturn(aResponse().withStatus(403).withBody("{\"message\":\"not with " + TOKEN + "\"}")));

        RestReply reply = rest.server("read the version", "/meta");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.refusal())
                .isInstanceOf(GitHubAuthenticationException.class)
                .hasMessageStartingWith(
                        "cannot read the version of `myorg/eval-runner`: the token from the calling program may not")
                .hasMessageNotContaining(TOKEN);
        assertThatThrownBy(() -> reply.expect(200)).isInstanceOf(GitHubAuthenticationException.class);
    }

    @Test
    void aBodyThatIsNoJsonIsAMissingNode() throws Exception {
        github.stubFor(
                get("/api/v3/repos/myorg/eval-runner").willReturn(aResponse().withBody("<html>")));

        assertThat(rest.get("read it", "").json().isMissingNode()).isTrue();
    }

    @Test
    void noRedirectToAnotherServerIsFollowed() throws Exception {
        github.stubFor(get("/api/v3/repos/myorg/eval-runner")
                .willReturn(aResponse().withStatus(301).withHeader("Location", stranger.baseUrl() + "/elsewhere")));

        assertThat(rest.get("read it", "").status()).isEqualTo(301);
        stranger.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void noAnswerIsTold() {
        github.stubFor(get("/api/v3/repos/myorg/eval-runner")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThatThrownBy(() -> rest.get("read it", ""))
                .isInstanceOf(GitHubUnreachableException.class)
                .hasMessageStartingWith("cannot read it of `myorg/eval-runner`: no answer from GitHub");
    }
}
