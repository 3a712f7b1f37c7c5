package io.github.batchferry.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactDownloadTest {
    private static final String ACTIONS = "/repos/myorg/eval-runner/actions/";
    private static final RunArtifact ARTIFACT = new RunArtifact(5, "eval-results-x", Optional.empty(), false);

    @RegisterExtension
    static final WireMockExtension github = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension stranger = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @TempDir
    private Path folder;

    private final HttpActionsClient client = new HttpActionsClient(
            GitHubServer.ofApi(URI.create("http://127.0.0.1:" + github.getPort())),
            RepositorySlug.parse("myorg/eval-runner"),
            () -> new AccessToken("ghp_0123456789secret"),
            Clock.systemUTC());

    @Test
    void artifactsOfARunAreListedWithTheirDigests() throws Exception {
        github.stubFor(get(urlEqualTo(ACTIONS + "runs/17/artifacts?per_page=100&name=eval-results-x"))
                .willReturn(okJson("{\"total_count\":2,\"artifacts\":["
                        + "{\"id\":5,\"name\":\"eval-results-x\",\"expired\":false,\"digest\":\"sha256:ab12\"},"
                        + "{\"id\":4,\"name\":\"eval-results-x\",\"expired\":true}]}")));

        assertThat(client.artifacts(17, "eval-results-x"))
                .containsExactly(
                        new RunArtifact(5, "eval-results-x", Optional.of("ab12"), false),
                        new RunArtifact(4, "eval-results-x", Optional.empty(), true));
    }

    @Test
    void theStoreIsAskedWithoutTheToken() throws Exception {
        redirect("/store/5?signature=abc");
        github.stubFor(
                get(urlEqualTo("/store/5?signature=abc")).willReturn(aResponse().withBody(new byte[] {1, 2, 3})));

        client.download(ARTIFACT, folder.resolve("zip"));

        assertThat(folder.resolve("zip")).hasBinaryContent(new byte[] {1, 2, 3});
        github.verify(getRequestedFor(urlEqualTo(ACTIONS + "artifacts/5/zip"))
                .withHeader("Authorization", equalTo("Bearer ghp_0123456789secret")));
        github.verify(getRequestedFor(urlEqualTo("/store/5?signature=abc")).withoutHeader("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1:%d/", "", "http://[", "file:///etc/passwd"})
    void anAddressThatIsNotSafeIsNotAsked(String location) {
        redirect(location.replace("%d", Integer.toString(stranger.getPort())));

        assertThatThrownBy(() -> client.download(ARTIFACT, folder.resolve("zip")))
                .isInstanceOf(GitHubException.class);
        stranger.verify(0, anyRequestedFor(anyUrl()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSecondRedirectIsNotFollowed() {
        redirect("/store/5");
        github.stubFor(get(urlEqualTo("/store/5"))
                .willReturn(aResponse()
                        .withStatus(302)
                        .withHeader("Location", "http://127.0.0.1:" + stranger.getPort() + "/")));

        assertThatThrownBy(() -> client.download(ARTIFACT, folder.resolve("zip")))
                .isInstanceOf(GitHubException.class);
        stranger.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void anExpiredArtifactIsSaidToBe() {
        github.stubFor(get(urlEqualTo(ACTIONS + "artifacts/5/zip"))
                .willReturn(aResponse().withStatus(410).withBody("{\"message\":\"Artifact has expired\"}")));

        assertThatThrownBy(() -> client.download(ARTIFACT, folder.resolve("zip")))
                .hasMessage("cannot download artifact `eval-results-x` of `myorg/eval-runner`: it has expired")
                .extracting("status")
                .isEqualTo(410);
    }

    private static void redirect(String location) {
        github.stubFor(get(urlEqualTo(ACTIONS + "artifacts/5/zip"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", location)));
    }
}
