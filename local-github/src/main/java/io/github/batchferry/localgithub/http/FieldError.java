package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;

/**
 * One thing that is wrong with a call.
 *
 * @param resource what was to be made or changed, such as {@code PullRequest}
 * @param field its part; empty if the whole is meant
 * @param code GitHub's word for the kind of mistake: missing, missing_field, invalid, already_exists or custom
 * @param message says it for people; empty if the code says enough
 */
public record FieldError(String resource, String field, String code, String message) {
    /** A field with a mistake of one of GitHub's kinds. */
    public static FieldError of(String resource, String field, String code) {
        return new FieldError(resource, field, code, "");
    }

    /** A mistake that only words can tell. */
    public static FieldError custom(String resource, String message) {
        return new FieldError(resource, "", "custom", message);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("resource", resource).put("code", code);
        if (!field.isEmpty()) {
            json.put("field", field);
        }
        return message.isEmpty() ? json : json.put("message", message);
    }
}
