package io.github.batchferry.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes request lines for inputs that are not native lines, and for programs that use the library. */
public final class RequestLineComposer {
    private RequestLineComposer() {}

    /**
     * Composes a line.
     *
     * @param body the vendor's native body, an object with a {@code model} unless the url names one
     * @throws InvalidValueException if the body is not an object, if neither it nor the url names a model, if they name two, or
     *     if the line would be too deep or too long to be read
     */
    public static RequestLine compose(CustomId customId, EndpointPath url, Optional<String> vendor, RawJson body) {
        String model = model(url, body);
        ObjectNode head = JsonSupport.MAPPER.createObjectNode();
        head.put("custom_id", customId.value()).put("method", "POST").put("url", url.value());
        vendor.ifPresent(name -> head.put("vendor", name));
        String open = head.toString();
        ByteArrayOutputStream line = new ByteArrayOutputStream(open.length() + body.size() + 16);
        line.writeBytes((open.substring(0, open.length() - 1) + ",\"body\":").getBytes(StandardCharsets.UTF_8));
        line.writeBytes(body.toByteArray());
        line.write('}');
        if (line.size() > JsonlReader.MAX_LINE_BYTES) {
            throw invalid(body, "a line of at most " + JsonlReader.MAX_LINE_BYTES + " bytes");
        }
        try {
            return new RequestLine(customId, url, vendor, model, body, RawJson.parse(line.toByteArray()));
        } catch (MalformedJsonException e) {
            throw invalid(body, "a body that fits into a request line, but the line is " + e.getMessage());
        }
    }

    private static String model(EndpointPath url, RawJson body) {
        Optional<String> named = Optional.of(modelOf(body)).filter(model -> !model.isEmpty());
        RequestModel.contradiction(Optional.of(url), named).ifPresent(message -> {
            throw invalid(body, "the model of the url, but the body " + message);
        });
        return RequestModel.of(Optional.of(url), named).orElseThrow(() -> invalid(body, "an object with a `model`"));
    }

    /** The body's model; empty if there is none, or if it is not a text. */
    private static String modelOf(RawJson body) {
        String model = "";
        try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(body.toByteArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid(body, "an object with a `model`");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals("model");
                if (parser.nextToken() == JsonToken.VALUE_STRING && named) {
                    model = parser.getText();
                }
                parser.skipChildren();
            }
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException("validated when it was made", e);
        }
    }

    private static InvalidValueException invalid(RawJson body, String expected) {
        return new InvalidValueException("body", body.toString(), expected);
    }
}
