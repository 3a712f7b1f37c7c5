package io.github.batchferry.runner.vendor.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EchoAdapterTest {
    private final EchoAdapter echo = new EchoAdapter();

    private VendorAnswer answer(String url, String messages) {
        try {
            RawJson body = RawJson.parse(("{\"model\":\"echo-1\"" + messages + "}").getBytes(StandardCharsets.UTF_8));
            RequestLine request =
                    RequestLineComposer.compose(new CustomId("cap-fr"), new EndpointPath(url), Optional.empty(), body);
            return echo.answer(null, request, Optional.empty()).join();
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private VendorAnswer chat(String messages) {
        return answer("/v1/chat/completions", ",\"messages\":" + messages);
    }

    @Test
    void answersAChatCompletionWithTheLastUserMessage() {
        VendorAnswer answer = chat("[{\"role\":\"system\",\"content\":\"be brief\"},"
                + "{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"user\",\"content\":\" two\\nthree \"},"
                + "{\"role\":\"assistant\",\"content\":\"four\"}]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"id\":\"chatcmpl-echo-2635dbb6c272c3c92d70153d\",\"object\":\"chat.completion\","
                        + "\"created\":0,\"model\":\"echo-1\",\"choices\":[{\"index\":0,\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\" two\\nthree \"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":6,\"completion_tokens\":2,\"total_tokens\":8}}");
        assertThat(echo.read(new EndpointPath("/v1/chat/completions"), answer).usage())
                .contains(new TokenUsage(6, 2, 0, 0, 0));
    }

    @Test
    void joinsTheTextPartsOfAMessage() {
        VendorAnswer answer = chat("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a \"},"
                + "{\"type\":\"image_url\",\"image_url\":{}},{\"type\":\"text\",\"text\":\"b\"}]}]");

        assertThat(echo.read(new EndpointPath("/v1/chat/completions"), answer).text())
                .contains("a b");
    }

    @Test
    void answersOtherEndpointsLikeAServerThatLacksThem() {
        VendorAnswer answer = answer("/v1/responses", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"error\":{\"message\":\"echo answers /v1/chat/completions only, not /v1/responses\","
                        + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
    }

    @Test
    void refusesRequestsWithoutUserText() {
        assertThat(chat("[{\"role\":\"system\",\"content\":\"x\"}]").statusCode())
                .isEqualTo(400);
        assertThat(chat("\"nonsense\"").statusCode()).isEqualTo(400);
        assertThat(answer("/v1/chat/completions", "").statusCode()).isEqualTo(400);
    }
}
