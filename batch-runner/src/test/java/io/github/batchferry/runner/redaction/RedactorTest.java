package io.github.batchferry.runner.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String KEY = "sk-\"a/b\"";

    private final Redactor redactor = new Redactor(List.of(KEY, " 123456 ", "", "abc"));

    private static RawJson json(String text) {
        try {
            return RawJson.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"sk-\\\"a/b\\\"\"}",
                "{\"a\":\"sk-\\\"a\\/b\\\"\"}",
                "{\"a\":\"\\u0073k-\\u0022a/b\\u0022\"}",
                "{\"a\":\"sk-\\u0022a/b\\\"\"}"
            })
    void hidesASecretHoweverJsonEscapesIt(String value) {
        assertThat(redactor.json(json(value))).hasToString("{\"a\":\"***\"}");
    }

    @Test
    void hidesSecretsInKeysAndNumbersAndStaysJson() {
        assertThat(redactor.json(json("{\"x123456y\":[123456,-0.1234567,1e2,true,null,\"123456\"]}")))
                .hasToString("{\"x***y\":[\"***\",\"-0.***7\",1e2,true,null,\"***\"]}");
    }

    @Test
    void hidesASecretBesideHalfASurrogatePair() {
        assertThat(redactor.json(json("{\"a\":\"123456 \\ud83d\"}"))
                        .tree()
                        .path("a")
                        .asText())
                .isEqualTo("*** \ud83d");
    }

    @Test
    void leavesEverythingElseByteForByte() {
        RawJson clean = json("{ \"a\" : 1e2 , \"b\":\"caf\\u00e9 abc \\/\" }");

        assertThat(redactor.json(clean)).isSameAs(clean);
    }

    @Test
    void hidesSecretsInTextAlsoInTheirJsonForm() {
        assertThat(redactor.text("key sk-\"a/b\" or sk-\\\"a/b\\\", not abc")).isEqualTo("key *** or ***, not abc");
    }

    @Test
    void aSecretInsideAnotherOneLeavesNoRemainder() {
        assertThat(new Redactor(List.of("token", "token-long")).text("token-long token"))
                .isEqualTo("*** ***");
    }

    @Test
    void whatTheRequesterWroteHimselfIsLeftAlone() {
        ResponseLine response = new ResponseLine(
                "batch_req_1",
                new CustomId("id-123456"),
                Optional.of(new ResponseLine.Answer(200, Optional.of("r-123456"), json("\"123456\""))),
                Optional.empty(),
                ResponseStatus.SUCCEEDED,
                Optional.of("it is 123456"),
                Optional.empty(),
                Optional.empty(),
                123456,
                1,
                "cloud",
                "model-123456");

        ResponseLine clean = redactor.response(response);

        assertThat(clean.customId()).isEqualTo(response.customId());
        assertThat(clean.model()).isEqualTo(response.model());
        assertThat(clean.text()).contains("it is ***");
        assertThat(clean.answer()).hasValueSatisfying(answer -> {
            assertThat(answer.body()).hasToString("\"***\"");
            assertThat(answer.requestId()).contains("r-***");
        });
    }

    @Property(tries = 100)
    void aLongTextHasNoSeamWhereASecretComesThrough(@ForAll @IntRange(min = 0, max = 800_000) int before) {
        String secret = "percent/key";
        String clean = new Redactor(List.of(secret)).text("-".repeat(before) + "%70ercent%2Fkey" + "-".repeat(300_000));

        assertThat(clean).isEqualTo("-".repeat(before) + "***" + "-".repeat(300_000));
    }

    @Test
    void anErrorCodeMayBeTheVendorsWordsAndIsCleanedAsThese() {
        ResponseLine response = new ResponseLine(
                "batch_req_1",
                new CustomId("q"),
                Optional.empty(),
                Optional.of(new ResponseLine.Failure("bad_key_sk-proj-0123", "no")),
                ResponseStatus.ERRORED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "cloud",
                "m");

        ResponseLine clean = new Redactor(List.of("sk-proj-0123456789abcdef")).response(response);

        assertThat(clean.error().orElseThrow().code()).isEqualTo("bad_key_***");
        assertThat(clean.redacted()).isTrue();
    }

    @Test
    void aChangedResponseSaysSoAndAnUnchangedOneIsTheVerySame() {
        ResponseLine changed = redactor.response(succeeded("it is 123456"));
        ResponseLine unchanged = succeeded("it is 12345");

        assertThat(changed.redacted()).isTrue();
        assertThat(redactor.response(unchanged)).isSameAs(unchanged);
    }

    @Test
    void aSecretThatIsLearntLaterIsHiddenFromThenOn() {
        assertThat(redactor.text("minted-token")).isEqualTo("minted-token");

        redactor.add(List.of("minted-token"));

        assertThat(redactor.text("minted-token 123456")).isEqualTo("*** ***");
    }

    private static ResponseLine succeeded(String text) {
        return new ResponseLine(
                "batch_req_1",
                new CustomId("a"),
                Optional.of(new ResponseLine.Answer(200, Optional.empty(), RawJson.ofText(text))),
                Optional.empty(),
                ResponseStatus.SUCCEEDED,
                Optional.of(text),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "cloud",
                "m");
    }

    @Property(tries = 200)
    void noSecretSurvivesInAnyBody(
            @ForAll @StringLength(min = 4, max = 12) String secret, @ForAll String before, @ForAll String after)
            throws Exception {
        Assume.that(secret.strip().length() >= 4 && !(before + "***" + after).contains(secret.strip()));
        RawJson body = json(JsonSupport.MAPPER.writeValueAsString(List.of(before + secret.strip() + after)));

        String clean = new Redactor(List.of(secret)).json(body).tree().path(0).asText();

        assertThat(clean).doesNotContain(secret.strip());
        assertThat(clean).contains(Redactor.MASK);
    }

    @Test
    void aRedactedResponseIsAValidLine() throws MalformedJsonException {
        ResponseLine response = new ResponseLine(
                "batch_req_1",
                new CustomId("a"),
                Optional.of(new ResponseLine.Answer(
                        401, Optional.empty(), json("{\"role\":\"role\",\"n\":1,\"o\":{\"role\":2}}"))),
                Optional.of(new ResponseLine.Failure("http_error", "no role")),
                ResponseStatus.ERRORED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "cloud",
                "m");

        ResponseLine clean = new Redactor(List.of("role")).response(response);

        assertThat(ResponseLineCodec.read(ResponseLineCodec.write(clean)).answer())
                .hasValueSatisfying(
                        answer -> assertThat(answer.body()).hasToString("{\"***\":\"***\",\"n\":1,\"o\":{\"***\":2}}"));
    }
}
