package io.github.batchferry.runner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.PromptsArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input ends with exit 2 and everything that is wrong, and with not one call: also not of the requests that are well. */
class RefusedBatchTest {
    @RegisterExtension
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private TestJob job;
    private List<String> requests;

    @BeforeEach
    void aVendorThatWouldAnswer() throws IOException {
        VENDOR.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}")));
        requests = new ArrayList<>(List.of(TestJob.echo("good", "x")));
        job = new TestJob(folder).variable("CLOUD_KEY", "sk-1").vendors(vendors("openai", "key_env: CLOUD_KEY"));
    }

    @AfterEach
    void nothingWasSentOrPushedOrKept() {
        assertThat(VENDOR.getAllServeEvents()).isEmpty();
        assertThat(job.remote().branches()).isEmpty();
        assertThat(job.workspace().resolve(".batchferry"))
                .satisfiesAnyOf(
                        kept -> assertThat(kept).doesNotExist(),
                        kept -> assertThat(kept).isEmptyDirectory());
    }

    private static String vendors(String kind, String... lines) {
        return "vendors:\n  - name: cloud\n    kind: " + kind + "\n    base_url: " + VENDOR.baseUrl()
                + "\n    models: [\"echo*\", \"gpt*\"]\n    " + String.join("\n    ", lines) + "\n";
    }

    private String refused() throws IOException {
        assertThat(job.requests(requests).run()).as(job.printed()).isEqualTo(ExitCode.BAD_INPUT);
        return job.printed();
    }

    @Test
    void unknownVendorsAndModels() throws IOException {
        requests.add(TestJob.echo("a", "x").replace("echo-1", "claude-x"));
        requests.add(TestJob.echo("b", "x").replace("\"method\"", "\"vendor\":\"clout\",\"method\""));

        assertThat(refused())
                .contains("requests:2 $.body.model: no vendor of the runner allows model `claude-x`")
                .contains("requests:3 $.vendor: unknown vendor `clout`; did you mean `cloud`?; the runner has: cloud");
    }

    @Test
    void aMissingKey() throws IOException {
        job.variable("CLOUD_KEY", " ");

        assertThat(refused()).contains("vendor `cloud` takes its key from CLOUD_KEY, which is empty in this job");
    }

    @Test
    void aMalformedVendorsFile() throws IOException {
        job.vendors("vendors:\n  - name: cloud\n    kind: openai\n    base-url: x\n    models: [\n");

        assertThat(refused()).contains("::error::.ferry/vendors.yaml:").contains("not valid YAML");
    }

    @Test
    void everyMistakeOfTheVendorsFileAndOfTheRequestsAtOnce() throws IOException {
        requests.add("{\"custom_id\":\"a\"}");
        job.vendors(vendors("openai", "timeout: soon", "key-env: CLOUD_KEY"));

        assertThat(refused())
                .contains("$.vendors[0].timeout: expected a duration")
                .contains("$.vendors[0].key-env: unknown key; did you mean `key_env`?")
                .contains("requests:2 $.body: missing");
    }

    @Test
    void settingsThatTheKindDoesNotKnow() throws IOException {
        job.vendors(vendors("openai", "api_version: 2024-10-21", "anthropic_version: 2023-06-01")
                + "  - name: here\n    kind: echo\n    models: [e]\n    headers: {a: b}\n"
                + "  - name: azure\n    kind: azure-openai\n    models: [a]\n");

        assertThat(refused())
                .contains("$.vendors[cloud]: the kind `openai` knows no setting `api_version`")
                .contains("$.vendors[cloud]: the kind `openai` knows no setting `anthropic_version`")
                .contains("$.vendors[here]: the kind `echo` knows no setting `headers`")
                .contains("$.vendors[azure]: needs base_url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.com/v1",
                "@evil.com/v1",
                "/v1@evil.com",
                "/v1/../../x",
                "/..",
                "/v1/%2e%2e/x",
                "/v1/x?key=1",
                "https://evil.com/v1",
                "/\\\\evil.com"
            })
    void aUrlThatEscapesTheBase(String url) throws IOException {
        requests.add(TestJob.echo("a", "x").replace("/v1/chat/completions", url));

        assertThat(refused()).contains("requests:2 $.url: invalid url `");
    }

    @Test
    void aModelThatEscapesTheUrl() throws IOException {
        job.vendors(vendors("azure-openai", "api_version: 2024-10-21"));
        requests.add(TestJob.echo("a", "x").replace("echo-1", "echo/../../../evil"));

        assertThat(refused())
                .contains(
                        "requests:2 $.url: vendor `cloud` cannot be asked this: the model is the name of a deployment here");
    }

    @Test
    void aUrlThatTheKindDoesNotHave() throws IOException {
        job.vendors(vendors("gemini"));

        assertThat(refused())
                .contains("requests:1 $.url: vendor `cloud` cannot be asked this: expected a url such as"
                        + " /v1beta/models/<model>:generateContent");
    }

    @Test
    void requestsThatAreNotThoseOfTheManifest() throws IOException {
        job.requests(requests)
                .input(
                        BatchFiles.INPUT_PROMPTS_ARTIFACT,
                        new PromptsArtifact.Inline(TestJob.gzip(TestJob.bytes(List.of(TestJob.echo("good", "y")))))
                                .toInput());

        assertThat(job.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(job.printed()).contains("inline requests: expected sha-256: ");
    }

    @Test
    void aTokenThatWouldGoToAStranger() throws IOException {
        job.vendors("vendors:\n  - name: cloud\n    kind: anthropic\n    models: [\"*\"]\n"
                + "    oidc: {exchange: openrouter, federation_policy_id: 0b}\n");

        assertThat(refused())
                .contains("a token of the exchange `openrouter` is sent to https://openrouter.ai only, and the kind"
                        + " `anthropic` asks `https://api.anthropic.com`; correct kind or base_url");
    }

    @Test
    void aJobThatMayNotProveWhoItIs() throws IOException {
        job.vendors(vendors("openai", "oidc: {exchange: openrouter, federation_policy_id: $POLICY}"));

        assertThat(refused())
                .contains("add the line `id-token: write` under permissions: of the workflow")
                .contains("takes federation_policy_id from POLICY, which is empty in this job");
    }
}
