package io.github.batchferry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResponseLineTest {
    private static final BatchId BATCH = new BatchId("20260115-093000-k3p7qa");

    @Test
    void theWireFormHasEveryKeyOfTheDesignInOrder() throws Exception {
        ResponseLine response = new ResponseLine(
                ResponseLine.idFor(BATCH, new CustomId("cap-fr")),
                new CustomId("cap-fr"),
                Optional.of(new ResponseLine.Answer(
                        200, Optional.of("req-1"), RawJson.parse("{\"x\":1e2}".getBytes(UTF_8)))),
                Optional.empty(),
                ResponseStatus.SUCCEEDED,
                Optional.of("Paris"),
                Optional.of(new TokenUsage(7, 1, 2, 3, 0)),
                Optional.of(new BigDecimal("0.00000125")),
                1234,
                2,
                "openai",
                "gpt-x");

        assertThat(new String(ResponseLineCodec.write(response), UTF_8))
                .isEqualTo("{\"id\":\"batch_req_417e0e06deef474c446efcbe\",\"custom_id\":\"cap-fr\","
                        + "\"response\":{\"status_code\":200,\"request_id\":\"req-1\",\"body\":{\"x\":1e2}},"
                        + "\"error\":null,\"status\":\"succeeded\",\"text\":\"Paris\","
                        + "\"token_usage\":{\"input\":7,\"output\":1,\"cache_read\":2,\"cache_write\":3,\"reasoning\":0},"
                        + "\"cost_usd\":0.00000125,\"duration_ms\":1234,\"attempts\":2,"
                        + "\"vendor\":\"openai\",\"model\":\"gpt-x\"}");
    }

    @Property
    void everyResponseReadsBackTheSame(@ForAll("responses") ResponseLine response) throws Exception {
        byte[] line = ResponseLineCodec.write(response);

        assertThat(line).doesNotContain((byte) '\n');
        assertThat(ResponseLineCodec.read(line)).isEqualTo(response);
    }

    @Test
    void unknownKeysAreSkipped() throws Exception {
        String line = new String(ResponseLineCodec.write(errored()), UTF_8);

        assertThat(ResponseLineCodec.read(line.replace("\"error\":", "\"new\":{\"a\":[1]},\"error\":")
                        .getBytes(UTF_8)))
                .isEqualTo(errored());
    }

    @Test
    void whatIsNoResponseSaysWhy() {
        String line = new String(ResponseLineCodec.write(errored()), UTF_8);

        assertThatThrownBy(() -> read(line.replace("\"errored\"", "\"failed\"")))
                .hasMessage("invalid status `failed`: expected succeeded, errored, expired or cancelled");
        assertThatThrownBy(() -> read(line.replace("\"custom_id\"", "\"x\""))).hasMessage("missing $.custom_id");
        assertThatThrownBy(() -> read(line.substring(0, line.length() - 9))).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> read("[]")).hasMessage("expected a JSON object");
        assertThatThrownBy(() -> read(line + "{}")).hasMessage("more than one JSON value");
    }

    @Test
    void aSuccessHasNoErrorAndEverythingElseHasOne() {
        ResponseLine e = errored();
        assertThatThrownBy(() -> new ResponseLine(
                        e.id(),
                        e.customId(),
                        e.answer(),
                        e.error(),
                        ResponseStatus.SUCCEEDED,
                        e.text(),
                        e.usage(),
                        e.costUsd(),
                        0,
                        1,
                        "v",
                        "m"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ResponseLine read(String line) throws MalformedJsonException {
        return ResponseLineCodec.read(line.getBytes(UTF_8));
    }

    private static ResponseLine errored() {
        return new ResponseLine(
                "batch_req_1",
                new CustomId("a"),
                Optional.empty(),
                Optional.of(new ResponseLine.Failure("request_timeout", "no answer within 10m")),
                ResponseStatus.ERRORED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                5,
                5,
                "acme",
                "m");
    }

    @Provide
    Arbitrary<ResponseLine> responses() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withCharRange(' ', '\uD7FF')
                .ofMinLength(1)
                .ofMaxLength(30);
        Arbitrary<Optional<ResponseLine.Answer>> answers = Combinators.combine(
                        Arbitraries.integers().between(100, 599),
                        texts.optional(),
                        Arbitraries.of(
                                "{}", "[1,2.50]", "\"x\"", "1e5", "-0", "null", "true", "{\"a\":{\"b\":\"\\u00e9\"}}"))
                .as((code, id, body) -> new ResponseLine.Answer(code, id, json(body)))
                .optional();
        Arbitrary<TokenUsage> usages = Arbitraries.longs()
                .between(0, 1_000_000_000L)
                .list()
                .ofSize(5)
                .map(n -> new TokenUsage(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4)));
        Arbitrary<BigDecimal> costs = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.00000001"), BigDecimal.TEN)
                .ofScale(8)
                .map(BigDecimal::stripTrailingZeros);
        return Combinators.combine(
                        texts.filter(t -> t.codePoints().noneMatch(Character::isISOControl)),
                        answers,
                        Arbitraries.of(ResponseStatus.class),
                        texts.optional(),
                        usages.optional(),
                        costs.optional(),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.integers().between(0, 0xfff))
                .as((id, answer, status, text, usage, cost, millis, number) -> new ResponseLine(
                        ResponseLine.idFor(BATCH, new CustomId(id)),
                        new CustomId(id),
                        answer,
                        status == ResponseStatus.SUCCEEDED
                                ? Optional.empty()
                                : Optional.of(new ResponseLine.Failure("http_error", id)),
                        status,
                        text,
                        usage,
                        cost,
                        millis,
                        number >> 2,
                        "acme",
                        "m-1",
                        (number & 1) > 0,
                        (number & 2) > 0));
    }

    private static RawJson json(String text) {
        try {
            return RawJson.parse(text.getBytes(UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyAnswerThatCouldBeTakenCanBeReadBack() throws Exception {
        for (String json : List.of(
                "[".repeat(1000) + "]".repeat(1000),
                "\"" + "x".repeat(21_000_000) + "\"",
                "9".repeat(1000),
                "\"\\ud83d\"",
                "1e999")) {
            RawJson body = RawJson.parse(json.getBytes(UTF_8));

            ResponseLine read = ResponseLineCodec.read(ResponseLineCodec.write(answered(body, "cut \ud83d")));

            assertThat(read.answer()).map(ResponseLine.Answer::body).contains(body);
            assertThat(read.text()).contains("cut \ud83d");
        }
    }

    @Test
    void aCostThatIsNoNumberIsUnknownAndNotZero() throws Exception {
        String line = new String(ResponseLineCodec.write(errored()), UTF_8);

        assertThat(ResponseLineCodec.read(line.replace("\"cost_usd\":null", "\"cost_usd\":\"free\"")
                                .getBytes(UTF_8))
                        .costUsd())
                .isEmpty();
    }

    @Property
    void whateverBytesComeTheyAreAResponseOrMalformed(
            @ForAll("responses") ResponseLine response,
            @ForAll @IntRange(max = 2000) int place,
            @ForAll byte other,
            @ForAll boolean cut)
            throws Exception {
        byte[] line = ResponseLineCodec.write(response);
        int at = place % line.length;
        line[at] = other;
        byte[] damaged = cut ? Arrays.copyOf(line, at) : line;

        try {
            assertThat(ResponseLineCodec.read(damaged)).isNotNull();
        } catch (MalformedJsonException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void anotherEncodingIsMalformed() {
        byte[] line = new String(ResponseLineCodec.write(errored()), UTF_8).getBytes(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> ResponseLineCodec.read(line)).isInstanceOf(MalformedJsonException.class);
    }

    private static ResponseLine answered(RawJson body, String text) {
        return new ResponseLine(
                "batch_req_1",
                new CustomId("a"),
                Optional.of(new ResponseLine.Answer(200, Optional.empty(), body)),
                Optional.empty(),
                ResponseStatus.SUCCEEDED,
                Optional.of(text),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "v",
                "m");
    }
}
