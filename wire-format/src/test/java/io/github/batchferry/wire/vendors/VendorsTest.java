package io.github.batchferry.wire.vendors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorsTest {
    private static final String GOOD = """
            vendors:
              - name: openai
                kind: openai
                key_env: OPENAI_API_KEY
                models: ["gpt-*", "o5"]
                max_concurrency: 20
                timeout: 90s
              - name: ollama
                kind: openai
                base_url: http://127.0.0.1:11434/v1/
                models: ["llama*"]
              - name: echo
                kind: echo
                models: ["echo*", "llama-echo"]
            """;

    @Test
    void aFileIsReadWithItsDefaults() throws Exception {
        VendorsFile file = VendorsParser.parse("vendors.yaml", GOOD);

        VendorConfig openai = file.vendors().get(0);
        assertThat(openai.keyEnv()).contains("OPENAI_API_KEY");
        assertThat(openai.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(openai.limits().maxConcurrency()).isEqualTo(20);
        VendorConfig ollama = file.vendors().get(1);
        assertThat(ollama.baseUrl()).contains(URI.create("http://127.0.0.1:11434/v1"));
        assertThat(ollama.keyEnv()).isEmpty();
        assertThat(ollama.limits().maxConcurrency()).isEqualTo(8);
        assertThat(ollama.maxAttempts()).isEqualTo(5);
        assertThat(ollama.timeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void everyMistakeIsReportedWithLineAndSuggestion() {
        InvalidInputException e =
                catchThrowableOfType(InvalidInputException.class, () -> VendorsParser.parse("vendors.yaml", """
                        vendors:
                          - name: Open AI
                            kind: openai
                            base-url: http://x
                            base_url: ftp://user:pw@host/v1?key=1
                            key_env: sk-abc
                            models: []
                          - name: echo
                            timeout: soon
                            max_concurrency: 0
                            models: ["*"]
                          - name: echo
                            kind: echo
                        extra: 1
                        """));

        assertThat(e.problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "vendors.yaml:14 $.extra: unknown key",
                        "vendors.yaml:4 $.vendors[0].base-url: unknown key; did you mean `base_url`?",
                        "vendors.yaml:2 $.vendors[0].name: expected lower-case letters, digits and hyphens, found `Open AI`",
                        "vendors.yaml:5 $.vendors[0].base_url: expected an http or https address without user, query or"
                                + " fragment, found `ftp://user:pw@host/v1?key=1`",
                        "vendors.yaml:6 $.vendors[0].key_env: expected the name of an environment variable such as"
                                + " OPENAI_API_KEY, never the key itself",
                        "vendors.yaml:7 $.vendors[0].models: allows no model; name some, or \"*\" for all",
                        "vendors.yaml:8 $.vendors[1].kind: missing",
                        "vendors.yaml:9 $.vendors[1].timeout: expected a duration such as 500ms, 10s, 5m or 6h, found `soon`",
                        "vendors.yaml:10 $.vendors[1].max_concurrency: expected a whole number from 1 to 10000, found `0`",
                        "vendors.yaml:12 $.vendors[2].name: vendor `echo` is defined twice",
                        "vendors.yaml:12 $.vendors[2].models: missing, expected a list of models that may be asked for,"
                                + " or [\"*\"] for all");
    }

    private static VendorConfig one(String lines) throws InvalidInputException {
        return VendorsParser.parse("v.yaml", entry(lines)).vendors().get(0);
    }

    private static String entry(String lines) {
        return "vendors:\n  - name: v\n    kind: openai\n    models: [\"*\"]\n" + lines.indent(4);
    }

    @Test
    void limitsVersionsAndHeadersAreRead() throws Exception {
        VendorConfig vendor = one("""
                rpm: 500
                tpm: 2000000
                api_version: 2024-10-21
                anthropic_version: 2023-06-01
                headers:
                  HTTP-Referer: https://example.com
                """);

        assertThat(vendor.limits()).isEqualTo(new VendorLimits(8, OptionalInt.of(500), OptionalLong.of(2_000_000)));
        assertThat(vendor.settings().apiVersion()).contains("2024-10-21");
        assertThat(vendor.settings().anthropicVersion()).contains("2023-06-01");
        assertThat(vendor.settings().headers().get("http-referer")).isEqualTo("https://example.com");
        assertThat(vendor.settings().names()).containsExactly("anthropic_version", "api_version", "headers");
    }

    @Test
    void anExchangeIsReadWithItsDefaults() throws Exception {
        VendorConfig vendor = one("""
                base_url: https://eu.api.openai.com/v1
                oidc:
                  exchange: openai
                  identity_provider_id: idp_1
                  service_account_id: $ACCOUNT
                """);

        VendorAuth.Oidc oidc = (VendorAuth.Oidc) vendor.auth();
        assertThat(oidc.audience()).isEqualTo("https://api.openai.com/v1");
        assertThat(oidc.address()).hasToString("https://auth.openai.com/oauth/token");
        assertThat(oidc.ids()).containsOnlyKeys("identity_provider_id", "service_account_id");
        assertThat(vendor.keyEnv()).isEmpty();
    }

    @Test
    void mistakesInHeadersAndExchangesAreReportedAtOnce() {
        InvalidInputException e =
                catchThrowableOfType(InvalidInputException.class, () -> VendorsParser.parse("v.yaml", """
                vendors:
                  - name: a
                    kind: openai
                    models: ["*"]
                    key_env: A
                    oidc:
                      exchange: opnai
                    headers:
                      Authorization: Bearer x
                      Content-Type: text/plain
                      anthropic-version: x
                      "a b": c
                  - name: b
                    kind: openai
                    models: ["*"]
                    oidc:
                      exchange: openai
                      identity_provider: x
                      service_account_id: a b
                      token_url: http://evil.example
                """));

        assertThat(e.problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "v.yaml:6 $.vendors[0].oidc: stands beside key_env; a vendor is asked in one way only",
                        "v.yaml:7 $.vendors[0].oidc.exchange: unknown exchange `opnai`; did you mean `openai`?; expected one"
                                + " of openai, anthropic, openrouter",
                        "v.yaml:9 $.vendors[0].headers.Authorization: headers are no place for secrets; name the variable"
                                + " that holds the key with key_env",
                        "v.yaml:10 $.vendors[0].headers.Content-Type: is set by the batch runner itself",
                        "v.yaml:11 $.vendors[0].headers.anthropic-version: is set by the key anthropic_version",
                        "v.yaml:12 $.vendors[0].headers.a b: is not the name of an HTTP header",
                        "v.yaml:18 $.vendors[1].oidc.identity_provider: unknown key; did you mean"
                                + " `identity_provider_id`?",
                        "v.yaml:17 $.vendors[1].oidc.identity_provider_id: missing",
                        "v.yaml:19 $.vendors[1].oidc.service_account_id: expected an id as the vendor shows it, or $NAME"
                                + " for that of an environment variable",
                        "v.yaml:20 $.vendors[1].oidc.token_url: expected an https address without user, query or fragment,"
                                + " found `http://evil.example`: whoever is sent the job's identity could act as the job");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://models.example.com",
                "http://localhost:8000",
                "http://127.0.0.1:11434/v1",
                "http://[::1]:1",
                "http://10.1.2.3",
                "http://172.31.0.1",
                "http://192.168.1.5:8000",
                "http://100.100.1.1",
                "http://169.254.1.1",
                "http://[fd00::1]",
                "http://[fe80::1]",
                "http://gpu-box:8000",
                "http://vllm.internal",
                "http://nas.local",
                "http://box.lan",
                "http://box.home.arpa"
            })
    void aKeyMayGoWhereNobodyElseListens(String address) throws Exception {
        assertThat(one("key_env: K\nbase_url: \"" + address + "\"").baseUrl()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://models.example.com",
                "http://8.8.8.8",
                "http://172.32.0.1",
                "http://100.128.0.1",
                "http://[2001:db8::1]",
                "http://localhost.evil.com",
                "http://127.0.0.1.nip.io",
                "http://evil.com:80",
                "http://2130706433"
            })
    void aKeyNeverCrossesAPublicNetworkInTheClear(String address) throws Exception {
        assertThat(problem(entry("key_env: K\nbase_url: \"" + address + "\"")))
                .contains("the key would cross a public network unencrypted: use https")
                .contains("allow_http: true");
        assertThat(one("base_url: \"" + address + "\"").baseUrl())
                .as("without a key")
                .isPresent();
        assertThat(one("key_env: K\nallow_http: true\nbase_url: \"" + address + "\"")
                        .baseUrl())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy.example.com",
                "https://api.openai.com.evil.com",
                "https://evilapi.openai.com",
                "http://api.openai.com",
                "https://api.openai.com:8443",
                "http://10.0.0.1",
                "https://api.anthropic.com"
            })
    void aTokenGoesToTheVendorThatGaveItOnly(String address) {
        assertThat(problem(entry("allow_http: true\nbase_url: " + address
                        + "\noidc: {exchange: openai, identity_provider_id: i, service_account_id: s}")))
                .endsWith("a token of the exchange `openai` is sent to https://api.openai.com only, not to `" + address
                        + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/a/../b", "https://h/..", "https://h/%2e%2e", "https://h/a;b", "https:///x", "h"})
    void aBaseUrlIsPlain(String address) {
        assertThat(problem(entry("base_url: \"" + address + "\""))).contains("expected an http or https address");
    }

    @Test
    void aTimeoutIsBetweenNothingAndAJob() {
        assertThat(problem(entry("timeout: 0s"))).contains("more than nothing and at most 6h");
        assertThat(problem(entry("timeout: 7h"))).contains("more than nothing and at most 6h");
    }

    @Test
    void brokenYamlAndOtherShapesAreReported() {
        assertThat(problem("vendors: [")).startsWith("v.yaml:1: not valid YAML");
        assertThat(problem("")).isEqualTo("v.yaml $: expected a mapping of keys to values");
        assertThat(problem("- a")).isEqualTo("v.yaml:1 $: expected a mapping of keys to values");
        assertThat(problem("vendors: 3")).isEqualTo("v.yaml:1 $.vendors: expected a list");
        assertThat(problem("vendors: []")).isEqualTo("v.yaml:1 $.vendors: names no vendor");
    }

    @Test
    void aRequestGoesToTheVendorItNamesElseTheBatchesElseTheOnlyOneThatAllowsTheModel() throws Exception {
        VendorsFile file = VendorsParser.parse("vendors.yaml", GOOD);

        assertThat(file.route(Optional.of("openai"), Optional.of("echo"), "gpt-5"))
                .isEqualTo(to(file, 0));
        assertThat(file.route(Optional.empty(), Optional.of("echo"), "echo-1")).isEqualTo(to(file, 2));
        assertThat(file.route(Optional.empty(), Optional.empty(), "o5")).isEqualTo(to(file, 0));
    }

    @Test
    void aRequestWithoutAVendorIsRefusedWithTheChoices() throws Exception {
        VendorsFile file = VendorsParser.parse("vendors.yaml", GOOD);

        assertThat(file.route(Optional.of("openia"), Optional.empty(), "gpt-5"))
                .isEqualTo(new Route.Refused(
                        Route.Field.VENDOR,
                        "unknown vendor `openia`; did you mean `openai`?; the runner has: openai, ollama, echo"));
        assertThat(file.route(Optional.of("openai"), Optional.empty(), "claude"))
                .isEqualTo(new Route.Refused(
                        Route.Field.MODEL, "vendor `openai` does not allow model `claude`; it allows: gpt-*, o5"));
        assertThat(file.route(Optional.empty(), Optional.empty(), "claude"))
                .isEqualTo(new Route.Refused(
                        Route.Field.MODEL,
                        "no vendor of the runner allows model `claude`; it has: openai (gpt-*, o5), ollama (llama*),"
                                + " echo (echo*, llama-echo)"));
        assertThat(file.route(Optional.empty(), Optional.empty(), "llama-echo"))
                .isEqualTo(new Route.Refused(
                        Route.Field.MODEL,
                        "several vendors allow model `llama-echo`: ollama, echo; name one with the key `vendor`"));
    }

    @Test
    void globsTakeEverythingButTheStarLiterally() {
        assertThat(new ModelGlob("gpt-5.*-mini").matches("gpt-5.1-mini")).isTrue();
        assertThat(new ModelGlob("gpt-5.*").matches("gpt-51")).isFalse();
        assertThat(new ModelGlob("*").matches("anything/at all")).isTrue();
        assertThat(new ModelGlob("a").matches("ab")).isFalse();
        assertThat(new ModelGlob("\\Q[x]\\E").matches("x")).isFalse();
    }

    private static Route to(VendorsFile file, int vendor) {
        return new Route.To(file.vendors().get(vendor));
    }

    private static String problem(String yaml) {
        return catchThrowableOfType(InvalidInputException.class, () -> VendorsParser.parse("v.yaml", yaml))
                .problems()
                .get(0)
                .toString();
    }
}
