package io.github.batchferry.provider.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.JsonlWriter;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is asked is still asked after it was written in another form and back. */
class ConversionPropertyTest {
    private static final String MODEL = "gemini-2.5-flash";

    @Property(tries = 200)
    void thereAndBackByAnthropicsForm(@ForAll("bodies") List<String> bodies, @ForAll("vendors") Optional<String> vendor)
            throws Exception {
        List<RequestLine> requests = requests(bodies, "/v1/messages", vendor);

        assertThat(read(converted(requests, RequestForm.ANTHROPIC), Optional.empty()))
                .isEqualTo(requests);
    }

    @Property(tries = 200)
    void thereAndBackByADocumentOfAnthropics(@ForAll("bodies") List<String> bodies) throws Exception {
        List<RequestLine> requests = requests(bodies, "/v1/messages", Optional.empty());
        String lines = converted(requests, RequestForm.ANTHROPIC).strip();

        assertThat(read("{\"requests\": [\n" + lines.replace("\n", ",\n") + "\n]}", Optional.empty()))
                .isEqualTo(requests);
    }

    @Property(tries = 200)
    void thereAndBackByGeminisForm(@ForAll("bodies") List<String> bodies, @ForAll("vendors") Optional<String> vendor)
            throws Exception {
        List<String> unnamed = bodies.stream()
                .map(body -> body.replaceFirst("\"model\":\"m\",", ""))
                .toList();
        List<RequestLine> requests = requests(unnamed, "/v1beta/models/" + MODEL + ":generateContent", vendor);

        assertThat(read(converted(requests, RequestForm.GEMINI), Optional.of(MODEL)))
                .isEqualTo(requests);
    }

    @Property(tries = 200)
    void thereAndBackByPlainLines(@ForAll("bodies") List<String> bodies, @ForAll("vendors") Optional<String> vendor)
            throws Exception {
        List<RequestLine> requests = requests(bodies, "/v1/chat/completions", vendor);
        String plain = converted(requests, RequestForm.PLAIN);

        List<RequestLine> back = read(plain, Optional.empty());

        assertThat(back).isEqualTo(requests);
        assertThat(converted(back, RequestForm.PLAIN)).isEqualTo(plain);
    }

    @Property(tries = 100)
    void nativeLinesStayAsTheyAre(@ForAll("bodies") List<String> bodies, @ForAll("vendors") Optional<String> vendor)
            throws Exception {
        List<RequestLine> requests = requests(bodies, "/v1/anything", vendor);
        StringBuilder lines = new StringBuilder();
        requests.forEach(request -> lines.append(request.line()).append('\n'));

        assertThat(converted(requests, RequestForm.OPENAI)).isEqualTo(lines.toString());
    }

    /** Bodies with model and messages first, as plain lines are composed, and anything after them. */
    @Provide
    Arbitrary<List<String>> bodies() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20).map(ConversionPropertyTest::wellFormed);
        Arbitrary<String> numbers = Arbitraries.of("1e2", "0.10", "-7", "12345678901234567890", "true", "null");
        Arbitrary<String> body = Combinators.combine(texts.list().ofMinSize(1).ofMaxSize(3), texts, numbers)
                .as(ConversionPropertyTest::body);
        return body.list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Optional<String>> vendors() {
        return Arbitraries.of(Optional.empty(), Optional.of("openai"), Optional.of("a\"b/é"));
    }

    private static String body(List<String> messages, String text, String number) {
        ArrayNode array = JsonSupport.MAPPER.createArrayNode();
        messages.forEach(message -> array.addObject().put("role", "user").put("content", message));
        ObjectNode nested = JsonSupport.MAPPER.createObjectNode();
        nested.put(text, text).putArray("stop").add("}").add("]").add("\\\"");
        return "{\"model\":\"m\",\"messages\":" + array + ",\"n\":" + number + ",\"nested\" : " + nested + "}";
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    private static List<RequestLine> requests(List<String> bodies, String url, Optional<String> vendor)
            throws Exception {
        List<RequestLine> requests = new ArrayList<>();
        for (String body : bodies) {
            requests.add(RequestLineComposer.compose(
                    new CustomId("id \"" + requests.size()),
                    new EndpointPath(url),
                    vendor,
                    RawJson.parse(body.getBytes(UTF_8))));
        }
        return requests;
    }

    private static String converted(List<RequestLine> requests, RequestForm form) throws Exception {
        StringBuilder lines = new StringBuilder();
        requests.forEach(request -> lines.append(request.line()).append('\n'));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonlWriter writer = new JsonlWriter(out)) {
            Conversion.run(source(lines.toString()), form, writer);
        }
        return out.toString(UTF_8);
    }

    private static List<RequestLine> read(String content, Optional<String> model) throws Exception {
        List<RequestLine> requests = new ArrayList<>();
        try (RequestReader reader = RequestReader.open(source(content).withModel(model))) {
            reader.read(Optional.empty(), Optional.empty(), requests::add);
        }
        return requests;
    }

    private static RequestSource source(String content) {
        return new RequestSource("in", () -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    }
}
