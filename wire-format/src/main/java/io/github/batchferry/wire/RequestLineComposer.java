package io.github.batchferry.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes request lines for inputs that are not native lines, and for programs that use the library. */
public final class RequestLineComposer {
    private RequestLineComposer() {}

    /**
     * Composes a line.
     *
     * @param body the vendor's native body, an object with a {@code model}
     * @throws InvalidValueException if the body is not an object or names no model
     */
    public static RequestLine compose(CustomId customId, EndpointPath url, Optional<String> vendor, RawJson body) {
        String model = body.tree().path("model").asText("");
        if (!body.tree().isObject() || model.isEmpty()) {
            throw new InvalidValueException("body", body.toString(), "an object with a `model`");
        }
        ObjectNode head = JsonSupport.MAPPER.createObjectNode();
        head.put("custom_id", customId.value()).put("method", "POST").put("url", url.value());
        vendor.ifPresent(name -> head.put("vendor", name));
        String open = head.toString();
        String line = open.substring(0, open.length() - 1) + ",\"body\":" + body + "}";
        try {
            return new RequestLine(
                    customId, url, vendor, model, body, RawJson.parse(line.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJsonException e) {
            throw new AssertionError("composed of valid parts", e);
        }
    }
}
