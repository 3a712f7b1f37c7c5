package io.github.batchferry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.problem.Problems;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {
    private final Problems problems = new Problems();

    @Test
    void theBodyIsSlicedByteForByte() {
        String body = "{\"model\":\"m\",\"t\":1e2, \"n\":0.10,\"big\":12345678901234567890123,\"s\":\"\\/\\u00e9é\"}";
        String line =
                "{\"é\\u00e9\":0,\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/x\",\"body\": " + body + " }";

        Optional<RequestLine> request = parse(line.replace("\"é\\u00e9\":0,", ""));

        assertThat(request.orElseThrow().body().toString()).isEqualTo(body);
        assertThat(request.orElseThrow().model()).isEqualTo("m");
    }

    @Test
    void theWholeLineTravelsAsItIs() {
        String line =
                " {\"body\":{\"messages\":[],\"model\":\"m\"},\"url\":\"/v1/x\",\"vendor\":\"acme\",\"method\":\"POST\",\"custom_id\":\"ü\"}";

        RequestLine request = parse(line).orElseThrow();

        assertThat(request.line().toString()).isEqualTo(line);
        assertThat(request.vendor()).contains("acme");
        assertThat(request.customId()).isEqualTo(new CustomId("ü"));
    }

    @Test
    void everyMistakeOfALineIsReportedAtOnceWithItsPath() {
        assertThat(
                        parse(
                                "{\"custom_id\":\"\",\"metod\":\"GET\",\"url\":\"//evil\",\"body\":{\"messages\":[]},\"vendor\":7}"))
                .isEmpty();

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "in.jsonl:5 $.custom_id: expected a text, found an empty one",
                        "in.jsonl:5 $.metod: unknown key; did you mean `method`?",
                        "in.jsonl:5 $.method: missing",
                        "in.jsonl:5 $.url: invalid url `//evil`: expected a path such as /v1/chat/completions",
                        "in.jsonl:5 $.body.model: missing",
                        "in.jsonl:5 $.vendor: expected a text, found a number");
    }

    @Test
    void brokenJsonIsReportedWithItsColumn() {
        assertThat(parse("{\"custom_id\":\"a\",}")).isEmpty();

        assertThat(problems.firstOnes().get(0).toString())
                .startsWith("in.jsonl:5: not valid JSON at column 18: unexpected character");
    }

    @Test
    void linesThatAreNoObjectsAreReported() {
        for (String line : List.of("[]", "\"x\"", "17", "null", "{}{}", "\u0000")) {
            assertThat(parse(line)).isEmpty();
        }
        assertThat(problems.count()).isEqualTo(6);
        assertThat(problems.firstOnes().get(0).toString())
                .isEqualTo("in.jsonl:5 $: expected a JSON object, found an array");
    }

    @Test
    void halfASurrogatePairHasNoPlaceInTextsThatResponsesRepeat() {
        assertThat(parse("{\"custom_id\":\"\\ud83d\",\"method\":\"POST\",\"url\":\"/v1/x\",\"vendor\":\"\\ude00\","
                        + "\"body\":{\"model\":\"\\ud83d\\ude00\",\"prompt\":\"\\ud83d\"}}"))
                .isEmpty();

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly(
                        "in.jsonl:5 $.custom_id: holds half of a surrogate pair",
                        "in.jsonl:5 $.vendor: holds half of a surrogate pair");
    }

    @Test
    void aKeyThatAppearsTwiceIsAMistake() {
        parse(
                "{\"custom_id\":\"a\",\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/x\",\"body\":{\"model\":\"m\"}}");

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly("in.jsonl:5 $.custom_id: the key appears twice");
    }

    @Property
    void composedLinesReadBack(
            @ForAll @NotBlank @StringLength(max = 60) String content,
            @ForAll @NotBlank @StringLength(max = 20) String model)
            throws Exception {
        String id = content.codePoints().noneMatch(Character::isISOControl) ? content : "id";
        org.assertj.core.api.Assumptions.assumeThat(model.codePoints().noneMatch(c -> Character.isSurrogate((char) c)))
                .isTrue();
        byte[] body = io.github.batchferry.wire.json.JsonSupport.MAPPER
                .createObjectNode()
                .put("model", model)
                .put("prompt", content)
                .toString()
                .getBytes(UTF_8);
        RequestLine composed = RequestLineComposer.compose(
                new CustomId(id), new EndpointPath("/v1/completions"), Optional.of("acme"), RawJson.parse(body));

        assertThat(parse(composed.line().toString())).contains(composed);
    }

    private Optional<RequestLine> parse(String line) {
        return new RequestLineParser("in.jsonl", problems).parse(new JsonlLine(5, 0, line.getBytes(UTF_8), true));
    }

    @Test
    void aModelNamedTwiceIsRefusedForNobodyKnowsWhichOneAVendorTakes() {
        assertThat(parse("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/x\","
                        + "\"body\":{\"model\":\"expensive\",\"mod\\u0065l\":\"cheap\"}}"))
                .isEmpty();

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly("in.jsonl:5 $.body.model: the key appears twice");
    }

    @Test
    void aBodyThatWouldBeTooDeepInsideALineIsRefused() throws Exception {
        RawJson body =
                RawJson.parse(("{\"model\":\"m\",\"x\":" + "[".repeat(999) + "]".repeat(999) + "}").getBytes(UTF_8));

        assertThatThrownBy(() -> compose(body))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("document nesting depth (1001) exceeds the maximum allowed (1000)");
    }

    @Test
    void aBodyThatWouldBeTooLongInsideALineIsRefused() throws Exception {
        RawJson body = RawJson.parse(
                ("{\"model\":\"m\",\"x\":\"" + "x".repeat(JsonlReader.MAX_LINE_BYTES - 30) + "\"}").getBytes(UTF_8));

        assertThatThrownBy(() -> compose(body))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageEndingWith("expected a line of at most 33554432 bytes");
    }

    @Test
    void aLongTextInABodyIsNoObstacle() throws Exception {
        RawJson body =
                RawJson.parse(("{\"x\":\"" + "x".repeat(21_000_000) + "\",\"model\":\"m\",\"y\":{\"model\":\"other\"}}")
                        .getBytes(UTF_8));

        assertThat(compose(body).model()).isEqualTo("m");
    }

    private static RequestLine compose(RawJson body) {
        return RequestLineComposer.compose(new CustomId("a"), new EndpointPath("/v1/x"), Optional.empty(), body);
    }

    private static String line(String url, String body) {
        return "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":" + RawJson.ofText(url) + ",\"body\":" + body + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/gemini-x:generateContent, gemini-x",
        "/v1/projects/p/locations/l/publishers/google/models/gemini-x:generateContent, gemini-x",
        "/deployments/gpt-x/chat/completions, gpt-x",
        "/openai/deployments/gpt-x/embeddings, gpt-x"
    })
    void aUrlMayNameTheModelInsteadOfTheBody(String url, String model) {
        assertThat(parse(line(url, "{\"contents\":[]}")).orElseThrow().model()).isEqualTo(model);
        assertThat(parse(line(url, "{\"model\":\"" + model + "\"}"))
                        .orElseThrow()
                        .model())
                .isEqualTo(model);
        assertThat(parse(line(url, "{\"model\":\"models/" + model + "\"}"))
                        .orElseThrow()
                        .model())
                .isEqualTo(model);
    }

    @Test
    void aBodyMustNotNameAnotherModelThanTheUrl() {
        assertThat(parse(line("/v1beta/models/cheap:generateContent", "{\"model\":\"dear\"}")))
                .isEmpty();

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly(
                        "in.jsonl:5 $.body.model: names another model than the url, which says `cheap`; name one in"
                                + " the url and none, or the same, in the body");
        assertThatThrownBy(() -> RequestLineComposer.compose(
                        new CustomId("a"),
                        new EndpointPath("/v1beta/models/cheap:generateContent"),
                        Optional.empty(),
                        RawJson.parse("{\"model\":\"dear\"}".getBytes(UTF_8))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("names another model than the url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/models", "/v1/models/x", "/models/:generate", "/v1/chat/completions", "/deployments/x"})
    void otherUrlsNameNoModel(String url) {
        assertThat(parse(line(url, "{}"))).isEmpty();
        assertThat(problems.firstOnes()).extracting(Problem::message).containsExactly("missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.com/v1",
                "/v1//evil.com",
                "https://evil.com/v1",
                "http:evil.com",
                "@evil.com/v1",
                "/@evil.com",
                "/v1@evil.com/x",
                ".evil.com/v1",
                ":8080/v1",
                "\\\\evil.com\\v1",
                "/\\evil.com",
                "/v1/../../x",
                "/..",
                "/v1/..",
                "/v1/./x",
                "/v1/%2e%2e/x",
                "/v1/%2F%2Fevil.com",
                "/v1/x?key=1",
                "/v1/x#y",
                "/v1/x;y=1",
                "/v1/x/",
                "/v1/x y",
                "/v1/x\ty",
                "/v1/x\n",
                "/v1/x\r\nHost: evil.com",
                "/v1/\u0000",
                "/v1/\uff0e\uff0e/x",
                "/v1/\u2215evil",
                "/v1/[x]",
                "/v1/{x}",
                "/",
                "v1/x"
            })
    void aUrlNeverLeavesTheBase(String url) {
        assertThat(parse(line(url, "{\"model\":\"m\"}"))).isEmpty();
        assertThat(problems.firstOnes().get(0).toString()).startsWith("in.jsonl:5 $.url: invalid url `");
    }

    @Test
    void aUrlOfManySegmentsIsRefusedAndBreaksNothing() {
        assertThat(parse(line("/a".repeat(1_000_000), "{\"model\":\"m\"}"))).isEmpty();
        assertThat(problems.firstOnes().get(0).path()).isEqualTo("$.url");
    }

    @Property
    void whateverIsAcceptedStaysBelowTheBase(
            @ForAll @StringLength(max = 30) @Chars({'/', '.', 'a', ':', '@', '%', '?', '~', '-'}) String path) {
        try {
            URI address = URI.create("https://host:8443/base" + new EndpointPath(path));
            assertThat(address.getAuthority()).isEqualTo("host:8443");
            assertThat(address.normalize().getPath()).isEqualTo("/base" + path);
            assertThat(address.getRawQuery()).isNull();
        } catch (InvalidValueException e) {
            assertThat(e.value()).isEqualTo(path);
        }
    }
}
