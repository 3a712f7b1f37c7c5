package io.github.batchferry.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenNeedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"max_tokens\":700}",
                "{\"model\":\"m\",\"max_completion_tokens\": 700 ,\"messages\":[]}",
                "{\"messages\":[{\"max_tokens\":9}],\"max_output_tokens\":700}",
                "{\"contents\":[],\"generationConfig\":{\"x\":{\"y\":1},\"maxOutputTokens\":700},\"z\":[{}]}"
            })
    void findsTheCapOfEveryVendor(String body) {
        assertThat(of(body, 1_000_000).output()).isEqualTo(700);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[700]",
                "{\"max_tokens\":null}",
                "{\"max_tokens\":\"700\"}",
                "{\"metadata\":{\"max_tokens\":700}}",
                "{\"max_tokens\":99999999999999999999999}"
            })
    void countsNoOutputWhereThereIsNoCap(String body) {
        assertThat(of(body, 1_000_000).output()).isZero();
    }

    @Test
    void countsATokenForFourBytesAndNeverMoreThanTheBound() {
        String body = "{\"max_tokens\":5000,\"p\":\"" + "x".repeat(4000) + "\"}";

        assertThat(of(body, 1_000_000)).isEqualTo(new TokenNeed(body.length() / 4, 5000));
        assertThat(of(body, 100)).isEqualTo(new TokenNeed(100, 100));
    }

    @Property
    void isNeverNegative(@ForAll long cap) {
        assertThat(of("{\"max_tokens\":" + cap + "}", 1000).output()).isBetween(0L, 1000L);
    }

    private static TokenNeed of(String body, long most) {
        try {
            return TokenNeed.of(RawJson.parse(body.getBytes(StandardCharsets.UTF_8)), most);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
