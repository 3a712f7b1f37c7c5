package io.github.batchferry.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1e2,\"b\":0.10,\"c\":123456789012345678901234567890,\"d\":\"\\/\\u00e9é\"}",
                "  {\"b\" : 1 , \"a\":2}\t",
                "[]",
                "\"text\"",
                "-0.0",
                "null"
            })
    void aValueOnOneLineIsKeptByteForByte(String json) throws Exception {
        assertThat(RawJson.parse(json.getBytes(UTF_8)).toString()).isEqualTo(json);
    }

    @Test
    void aValueOverSeveralLinesLosesOnlyTheSpaceBetweenTokens() throws Exception {
        String pretty = "{\r\n  \"a b\" : 1.50,\n  \"c\\\" \\\\\" : [ \"x\\ny  z\", true ]\n}\n";

        assertThat(RawJson.parse(pretty.getBytes(UTF_8)).toString())
                .isEqualTo("{\"a b\":1.50,\"c\\\" \\\\\":[\"x\\ny  z\",true]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "{", "{}{}", "{\"a\":}", "nul", "{'a':1}", "[1,]", "{\"a\":1} x"})
    void whatIsNotOneJsonValueIsRefused(String text) {
        assertThatThrownBy(() -> RawJson.parse(text.getBytes(UTF_8))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void brokenUtf8IsRefusedAlsoWhereAParserWouldSkipIt() {
        byte[] json = "{\"a\":\"x\"}".getBytes(UTF_8);
        json[6] = (byte) 0xC3;

        assertThatThrownBy(() -> RawJson.parse(json)).hasMessage("not valid UTF-8");
    }

    @Test
    void depthBeyondAThousandIsAnErrorAndNotACrash() {
        String deep = "[".repeat(1500) + "]".repeat(1500);

        assertThatThrownBy(() -> RawJson.parse(deep.getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void textBecomesAJsonString() {
        assertThat(RawJson.ofText("<html>\n\"x\"").toString()).isEqualTo("\"<html>\\n\\\"x\\\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsAreRefusedAlsoWhereTheyLookLikeUtf8(String encoding) {
        byte[] json = "{\"a\":1}".getBytes(Charset.forName(encoding));

        assertThatThrownBy(() -> RawJson.parse(json))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("not valid JSON at column ");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAValue() {
        assertThatThrownBy(() -> RawJson.parse("\uFEFF{}".getBytes(UTF_8)))
                .hasMessage("starts with a byte order mark, which belongs at the start of a file only");
    }

    @Test
    void limitsOfTheParserAreNamedWithoutItsInnards() {
        String number = "9".repeat(2000);

        assertThatThrownBy(() -> RawJson.parse(number.getBytes(UTF_8)))
                .hasMessage("not valid JSON: number value length (2000) exceeds the maximum allowed (1000)");
    }

    @Test
    void anyTextThatFitsIntoALineCanBeRead() throws Exception {
        String text = "x".repeat(21_000_000);

        assertThat(RawJson.ofText(text).tree().textValue()).hasSameSizeAs(text);
    }
}
