package io.github.batchferry.provider.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as the batch APIs of Anthropic and Gemini take them. */
class RequestFormsTest {
    private static final String ANTHROPIC = "{\"custom_id\":\"%s\",\"params\":%s}";
    private static final String BODY =
            "{ \"model\":\"claude\", \"max_tokens\":1e2,\"messages\":[{\"content\":\"\\u00e9\"}] }";

    @Test
    void anthropicsLinesAreSentByteForByte() throws Exception {
        RequestLine request = read(ANTHROPIC.formatted("a", BODY)).get(0);

        assertThat(request.body()).hasToString(BODY);
        assertThat(request.line())
                .hasToString(
                        "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/messages\",\"body\":" + BODY + "}");
        assertThat(request.model()).isEqualTo("claude");
        assertThat(request.vendor()).isEmpty();
    }

    @Test
    void anthropicsDocumentsAreReadRequestByRequest() throws Exception {
        String document = """
                \ufeff
                { "requests" : [
                  {
                    "custom_id": "a",
                    "params": {"model": "claude", "text": "] , } \\" \\\\"}
                  } , {"custom_id":"b","params":{"model":"claude","n":[1,[2]]}}
                ] }
                """;

        assertThat(read(document))
                .extracting(request -> request.customId() + " " + request.body())
                .containsExactly(
                        "a {\"model\":\"claude\",\"text\":\"] , } \\\" \\\\\"}",
                        "b {\"model\":\"claude\",\"n\":[1,[2]]}");
        assertThat(problems("{\"requests\":[]}", Optional.empty())).containsExactly("in: no requests in it");
    }

    @Test
    void aDocumentIsNotReadAheadFurtherThanABuffer() throws Exception {
        String request = ANTHROPIC.formatted("a", "{\"model\":\"m\",\"text\":\"" + "x".repeat(200_000) + "\"}");
        CountingInputStream document = new CountingInputStream(
                ("{\"requests\":[" + request + "," + request.replace(":\"a\"", ":\"b\"") + "]}").getBytes(UTF_8));
        List<Integer> read = new ArrayList<>();

        try (RequestReader reader = RequestReader.open(new RequestSource("in", () -> document))) {
            reader.read(Optional.empty(), Optional.empty(), any -> read.add(document.taken));
        }

        assertThat(read).hasSize(2);
        assertThat(read.get(0)).isLessThan(request.length() + 100_000);
    }

    private static final class CountingInputStream extends ByteArrayInputStream {
        private int taken;

        CountingInputStream(byte[] content) {
            super(content);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            int read = super.read(buffer, offset, length);
            taken += Math.max(0, read);
            return read;
        }
    }

    @Test
    void mistakesInADocumentAreNamedWithTheirPlace() throws Exception {
        VendorsFile vendors = VendorsParser.parse("v", "vendors: [{name: e, kind: echo, models: [\"claude\"]}]");
        String document = """
                {"requests":[
                  {"custom_id":"a","params":{"model":"claude"}},
                  {"custom_id":"a","params":{"model":"gpt"}},
                  {"custom_id":"","params":{}},
                  7,
                  {"custom_id":"c","parms":{"model":"claude"}}
                ]}
                """;

        assertThat(problems(document, Optional.empty(), Optional.of(vendors)))
                .containsExactly(
                        "in:3 $.requests[1].custom_id: `a` was already used at in:2",
                        "in:3 $.requests[1].params.model: no vendor of the runner allows model `gpt`; it has: e (claude)",
                        "in:4 $.requests[2].custom_id: expected a text, found an empty one",
                        "in:4 $.requests[2].params.model: missing",
                        "in:5 $.requests[3]: expected a JSON object, found a number",
                        "in:6 $.requests[4].parms: unknown key",
                        "in:6 $.requests[4].method: missing",
                        "in:6 $.requests[4].url: missing",
                        "in:6 $.requests[4].body: missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\":[",
                "{\"requests\":[%s",
                "{\"requests\":[%s,",
                "{\"requests\":[%s,]}",
                "{\"requests\":[%s %s]}",
                "{\"requests\":[%s]",
                "{\"requests\":[%s]} x",
                "{\"requests\":[%s],\"more\":1}",
                "{\"requests\":[{\"custom_id\":\"a\",\"params\":{\"model\":\"m"
            })
    void aBrokenDocumentIsAMistakeAndNeverHalfABatch(String document) {
        String request = ANTHROPIC.formatted("a", "{\"model\":\"m\"}");

        assertThat(problems(document.replace("%s", request), Optional.empty()))
                .last()
                .asString()
                .startsWith("in:1: not valid JSON: expected ");
    }

    @Test
    void geminisLinesAreSentToTheModelThatIsNamedForAll() throws Exception {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"Capital of\\u0020France?\"}]}]}";
        RequestLine request = read("{\"key\":\"cap-fr\",\"request\":" + body + "}", Optional.of("gemini-2.5-flash"))
                .get(0);

        assertThat(request.line())
                .hasToString("{\"custom_id\":\"cap-fr\",\"method\":\"POST\","
                        + "\"url\":\"/v1beta/models/gemini-2.5-flash:generateContent\",\"body\":" + body + "}");
        assertThat(request.model()).isEqualTo("gemini-2.5-flash");
        assertThat(read("{\"key\":\"a\",\"request\":{}}", Optional.of("google/models/x"))
                        .get(0)
                        .vendor())
                .contains("google");
    }

    @Test
    void aGeminiLineMayNameItsModelAndItsVendorItself() throws Exception {
        RequestLine request = read(
                        "{\"key\":\"a\",\"vendor\":\"g\",\"request\":{\"model\":\"models/gemini-x\"}}",
                        Optional.of("other"))
                .get(0);

        assertThat(request.url()).hasToString("/v1beta/models/gemini-x:generateContent");
        assertThat(request.vendor()).contains("g");
        assertThat(request.body()).hasToString("{\"model\":\"models/gemini-x\"}");
    }

    @Test
    void mistakesOfGeminisLinesAreNamedInTheirOwnWords() {
        assertThat(problems("""
                        {"key":"a","request":{}}
                        {"key":"a","request":{"model":"x y"}}
                        {"request":[],"vendr":"g"}
                        {"key":"b","request":{"model":"m","model":"m"}}
                        """, Optional.empty()))
                .containsExactly(
                        "in:1 $.request.model: missing; name the model there, or for all lines with --model",
                        "in:2 $.request.model: invalid url `/v1beta/models/x y:generateContent`: expected a path such as"
                                + " /v1/chat/completions",
                        "in:3 $.request: expected an object, found an array",
                        "in:3 $.vendr: unknown key; did you mean `vendor`?",
                        "in:3 $.key: missing",
                        "in:4 $.request.model: the key appears twice");
    }

    @Test
    void aPlainLineWithoutAModelTakesTheOneNamedForAll() throws Exception {
        String line = "{\"id\":\"%s\",\"prompt\":\"p\"%s}\n";

        assertThat(read(line.formatted("a", "") + line.formatted("b", ",\"model\":\"m2\""), Optional.of("openai/m1")))
                .extracting(request -> request.vendor().orElse("-") + " " + request.model())
                .containsExactly("openai m1", "- m2");
    }

    @Test
    void formsMayBeMixed() throws Exception {
        String lines = """
                {"custom_id":"a","method":"POST","url":"/v1/x","body":{"model":"m"}}
                {"custom_id":"b","params":{"model":"m"}}
                {"id":"c","prompt":"p","model":"m"}
                {"key":"d","request":{"model":"m"}}
                {"custom_id":"e","method":"POST","url":"/v1/x","body":{"model":"m"}}
                """;

        assertThat(read(lines))
                .extracting(request -> request.customId().value())
                .containsExactly("a", "b", "c", "d", "e");
    }

    private static List<RequestLine> read(String content) throws Exception {
        return read(content, Optional.empty());
    }

    private static List<RequestLine> read(String content, Optional<String> model) throws Exception {
        List<RequestLine> requests = new ArrayList<>();
        try (RequestReader reader = RequestReader.open(source(content, model))) {
            reader.read(Optional.empty(), Optional.empty(), requests::add);
        }
        return requests;
    }

    private static List<String> problems(String content, Optional<String> model) {
        return problems(content, model, Optional.empty());
    }

    private static List<String> problems(String content, Optional<String> model, Optional<VendorsFile> vendors) {
        return catchThrowableOfType(InvalidInputException.class, () -> {
                    try (RequestReader reader = RequestReader.open(source(content, model))) {
                        reader.read(vendors, Optional.empty(), request -> {});
                    }
                })
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    private static RequestSource source(String content, Optional<String> model) {
        return new RequestSource("in", () -> new ByteArrayInputStream(content.getBytes(UTF_8))).withModel(model);
    }
}
