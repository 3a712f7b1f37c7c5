package io.github.batchferry.provider.input;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.InvalidValueException;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a plain line says, and the chat completion it becomes. Prompt, messages and parameters keep their bytes. */
final class PlainLine {
    private static final EndpointPath CHAT_COMPLETIONS = new EndpointPath("/v1/chat/completions");

    // Mutable state: filled by the parser, null where the line does not say it
    String id;
    String model;
    String vendor;
    RawJson messages;

    /** A JSON string. */
    RawJson prompt;

    /** The inside of the object, without its braces. */
    RawJson params;

    /**
     * Composes the request.
     *
     * @param problem takes the path and the message of a mistake
     */
    Optional<PlacedRequest> compose(BiConsumer<String, String> problem) {
        CustomId customId;
        try {
            customId = new CustomId(id);
        } catch (InvalidValueException e) {
            problem.accept("$.id", e.getMessage());
            return Optional.empty();
        }
        try {
            return Optional.of(new PlacedRequest(
                    RequestLineComposer.compose(customId, CHAT_COMPLETIONS, vendorName(), body()), places()));
        } catch (InvalidValueException e) {
            problem.accept("$", "does not become a request: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The vendor's own key, or what stands before the first slash of the model. */
    private Optional<String> vendorName() {
        return Optional.ofNullable(vendor).or(VendorModel.parse(model)::vendor);
    }

    private String modelName() {
        return vendor == null ? VendorModel.parse(model).model() : model;
    }

    private RawJson body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        append(body, "{\"model\":", RawJson.ofText(modelName()));
        if (messages == null) {
            append(body, ",\"messages\":[{\"role\":\"user\",\"content\":", prompt);
            body.writeBytes("}]".getBytes(StandardCharsets.UTF_8));
        } else {
            append(body, ",\"messages\":", messages);
        }
        if (params != null) {
            append(body, ",", params);
        }
        body.write('}');
        try {
            return RawJson.parse(body.toByteArray());
        } catch (MalformedJsonException e) {
            throw new AssertionError("composed of valid parts", e);
        }
    }

    private static void append(ByteArrayOutputStream body, String before, RawJson value) {
        body.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(value.toByteArray());
    }

    private Map<String, String> places() {
        Map<String, String> places =
                new HashMap<>(Map.of("$.custom_id", "$.id", "$.body.model", "$.model", "$.url", "$"));
        if (vendor == null) {
            places.put("$.vendor", "$.model");
        }
        return places;
    }
}
