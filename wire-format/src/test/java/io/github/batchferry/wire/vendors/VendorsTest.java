package io.github.batchferry.wire.vendors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
