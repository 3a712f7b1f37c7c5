package io.github.batchferry.wire;

import io.github.batchferry.wire.json.RawJson;
import java.util.Objects;
import java.util.Optional;

/**
 * One request to one model: a line of OpenAI Batch input,
 * {@code {"custom_id":"cap-fr","method":"POST","url":"/v1/chat/completions","body":{…}}}, with one optional key of ours,
 * {@code "vendor"}. The line travels byte for byte, and the body is sent byte for byte.
 *
 * @param customId key of the request, unique in its batch
 * @param url path below the vendor's base URL
 * @param vendor vendor the line names, if it names one
 * @param model what is asked for: named by the url or by the body's {@code model}
 * @param body what the vendor is sent, unchanged
 * @param line the whole line without line break
 */
public record RequestLine(
        CustomId customId, EndpointPath url, Optional<String> vendor, String model, RawJson body, RawJson line) {
    public RequestLine {
        Objects.requireNonNull(customId, "customId is null");
        Objects.requireNonNull(url, "url is null");
        Objects.requireNonNull(vendor, "vendor is null");
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(body, "body is null");
        Objects.requireNonNull(line, "line is null");
    }
}
