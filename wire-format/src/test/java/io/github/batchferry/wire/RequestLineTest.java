package io.github.batchferry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.problem.Problems;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

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
}
