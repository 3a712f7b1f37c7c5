package io.github.batchferry.provider.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class RequestReaderPropertyTest {
    @Property(tries = 200)
    void whatTheReaderGaveItReadsAgain(@ForAll @Size(min = 1, max = 5) @UniqueElements List<@NotEmpty String> texts)
            throws Exception {
        List<RequestLine> composed = new ArrayList<>();
        for (String text : texts) {
            composed.add(RequestLineComposer.compose(
                    new CustomId("id-" + composed.size()),
                    new EndpointPath("/v1/chat/completions"),
                    Optional.empty(),
                    RawJson.parse(body(text).toString().getBytes(UTF_8))));
        }

        assertThat(read(lines(composed))).isEqualTo(composed);
    }

    @Property(tries = 200)
    void aPromptArrivesAsItWasWritten(@ForAll @NotEmpty String prompt) throws Exception {
        ObjectNode line = JsonSupport.MAPPER.createObjectNode();
        line.put("id", "a").put("model", "openai/m").put("prompt", prompt);
        line.putObject("params").put("temperature", 0.5).put("user", prompt);
        // written with escapes, as half a surrogate pair has no UTF-8
        String json = escaped(line);

        JsonNode body = read(json).get(0).body().tree();

        assertThat(body.at("/messages/0/content").asText()).isEqualTo(prompt);
        assertThat(body.path("user").asText()).isEqualTo(prompt);
        assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(body.path("model").asText()).isEqualTo("m");
    }

    private static ObjectNode body(String text) {
        ObjectNode body = JsonSupport.MAPPER.createObjectNode();
        body.put("model", "m").putArray("messages").addObject().put("content", wellFormed(text));
        return body;
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    private static String escaped(ObjectNode json) {
        StringBuilder escaped = new StringBuilder();
        for (char c : json.toString().toCharArray()) {
            escaped.append(c < 127 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return escaped.toString();
    }

    private static String lines(List<RequestLine> requests) {
        StringBuilder lines = new StringBuilder();
        requests.forEach(request -> lines.append(request.line()).append('\n'));
        return lines.toString();
    }

    private static List<RequestLine> read(String content) throws Exception {
        List<RequestLine> requests = new ArrayList<>();
        RequestSource source = new RequestSource("-", () -> new ByteArrayInputStream(content.getBytes(UTF_8)));
        try (RequestReader reader = RequestReader.open(source)) {
            reader.read(Optional.empty(), Optional.empty(), requests::add);
        }
        return requests;
    }
}
