package io.github.batchferry.provider.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.wire.json.JsonlWriter;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
    private static final String CHAT = "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
            + "\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}\n";
    private static final String GEMINI =
            "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1beta/models/%s:generateContent\",\"body\":{}}\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            openai    | {"custom_id":"a","params":{"model":"c"}}                       | {"custom_id":"a","method":"POST","url":"/v1/messages","body":{"model":"c"}}
            anthropic | {"custom_id":"a","method":"POST","url":"/v1/messages","vendor":"x","body":{ "model":"c"}} | {"custom_id":"a","params":{ "model":"c"},"vendor":"x"}
            gemini    | {"custom_id":"a","method":"POST","url":"/v1beta/models/g:generateContent","body":{"n":1e2}} | {"key":"a","request":{"n":1e2}}
            openai    | {"id":"a","prompt":"p","model":"v/m"}                          | {"custom_id":"a","method":"POST","url":"/v1/chat/completions","vendor":"v","body":{"model":"m","messages":[{"role":"user","content":"p"}]}}
            plain     | {"id":"a","prompt":"p","model":"v/m"}                          | {"id":"a","model":"m","vendor":"v","prompt":"p"}
            plain     | {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"n":1.0,"messages":[{"content":"x","role":"user"}],"model":"m","stop":["}"]}} | {"id":"a","model":"m","messages":[{"content":"x","role":"user"}],"params":{"n":1.0,"stop":["}"]}}
            """)
    void aRequestIsWrittenInAnotherForm(String form, String line, String expected) throws Exception {
        assertThat(converted(line, form)).isEqualTo(expected + "\n");
    }

    @Test
    void whatAFormCannotExpressIsAProblemOfItsLine() {
        assertThat(problems(CHAT.formatted("a") + GEMINI.formatted("b", "g"), "anthropic"))
                .containsExactly(
                        "in:1 $.url: asks `/v1/chat/completions`; this form holds requests for /v1/messages only",
                        "in:2 $.url: asks `/v1beta/models/g:generateContent`; this form holds requests for /v1/messages"
                                + " only");
        assertThat(problems("{\"id\":\"a\",\"prompt\":\"p\",\"model\":\"m\"}", "gemini"))
                .containsExactly("in:1 $: asks `/v1/chat/completions`; this form holds requests for"
                        + " /v1beta/models/MODEL:generateContent only");
        assertThat(problems(GEMINI.formatted("a", "g1") + GEMINI.formatted("b", "g2"), "gemini"))
                .containsExactly(
                        "in:2 $.url: asks model `g2`, requests before it `g1`; lines of this form name no model,"
                                + " so write each model's to a file of its own");
    }

    @Test
    void bodiesThatPlainLinesCannotSayAreProblems() {
        String line = "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n";

        assertThat(problems(line.formatted("{\"model\":\"m\"}"), "plain"))
                .containsExactly("in:1 $.body.messages: missing; a plain line needs messages");
        for (String messages : List.of("[]", "[1]", "\"x\"", "{}", "{\"a\":{}}")) {
            assertThat(problems(line.formatted("{\"model\":\"m\",\"messages\":" + messages + "}"), "plain"))
                    .containsExactly(
                            "in:1 $.body.messages: expected an array of objects with at least one; a plain line"
                                    + " holds no other");
        }
        assertThat(problems(line.formatted("{\"model\":\"meta/llama\",\"messages\":[{}]}"), "plain"))
                .containsExactly("in:1 $.body.model: a plain line takes what stands before the slash for a vendor; name"
                        + " the vendor, too");
    }

    @Test
    void mistakesOfTheInputAndOfTheFormAreToldTogether() {
        assertThat(problems(CHAT.formatted("a") + "{\"id\":\"b\"}\n" + CHAT.formatted("a"), "anthropic"))
                .containsExactly(
                        "in:1 $.url: asks `/v1/chat/completions`; this form holds requests for /v1/messages only",
                        "in:2 $.model: missing",
                        "in:2 $.prompt: missing; give `prompt` or `messages`",
                        "in:3 $.custom_id: `a` was already used at in:1",
                        "in:3 $.url: asks `/v1/chat/completions`; this form holds requests for /v1/messages only");
    }

    @Test
    void theModelThatLinesDoNotNameIsTold() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Conversion conversion = Conversion.run(
                source(GEMINI.formatted("a", "g1") + GEMINI.formatted("b", "g1")),
                RequestForm.GEMINI,
                new JsonlWriter(out));

        assertThat(conversion).isEqualTo(new Conversion(2, Optional.of("g1")));
    }

    private static String converted(String content, String form) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonlWriter lines = new JsonlWriter(out)) {
            Conversion.run(source(content), RequestForm.parse(form).orElseThrow(), lines);
        }
        return out.toString(UTF_8);
    }

    private static List<String> problems(String content, String form) {
        return catchThrowableOfType(InvalidInputException.class, () -> converted(content, form)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static RequestSource source(String content) {
        return new RequestSource("in", () -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    }
}
