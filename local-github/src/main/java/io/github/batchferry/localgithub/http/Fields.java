package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The body of a call, read key by key. A key that is null counts as one that is not there; a value of another type is
 * refused with status 422. Keys that nobody asks for are passed over.
 */
public final class Fields {
    private final String resource;
    private final String path;
    private final ObjectNode object;

    private Fields(String resource, String path, ObjectNode object) {
        this.resource = resource;
        this.path = path;
        this.object = object;
    }

    /** @param resource what is to be made or changed, named in errors, such as {@code PullRequest} */
    public static Fields of(Request request, String resource) throws ApiException {
        return new Fields(resource, "", request.object());
    }

    /** The same where a call without a body means one without any keys. */
    public static Fields orNone(Request request, String resource) throws ApiException {
        return request.body().length == 0 ? new Fields(resource, "", Json.object()) : of(request, resource);
    }

    /** The parameters of the query, as texts, for calls that some clients send without a body. */
    public static Fields ofQuery(Request request, String resource) {
        return new Fields(resource, "", Json.MAPPER.valueToTree(request.query()));
    }

    /** Whether a key is there, be it with null. */
    public boolean names(String key) {
        return object.has(key);
    }

    /** Whatever is there; missing if nothing is. */
    public JsonNode any(String key) {
        return object.path(key);
    }

    /** A text. */
    public Optional<String> text(String key) throws ApiException {
        return value(key, JsonNode::isTextual, "a string").map(JsonNode::asText);
    }

    /** A text that must be there, be it empty. */
    public String needed(String key) throws ApiException {
        return text(key).orElseThrow(() -> missing(key));
    }

    /** A truth value. */
    public Optional<Boolean> flag(String key) throws ApiException {
        return value(key, JsonNode::isBoolean, "a boolean").map(JsonNode::asBoolean);
    }

    /** A whole number. */
    public Optional<Long> number(String key) throws ApiException {
        return value(key, node -> node.isIntegralNumber() && node.canConvertToLong(), "an integer")
                .map(JsonNode::asLong);
    }

    /** A moment in ISO-8601 with its offset. */
    public Optional<Instant> time(String key) throws ApiException {
        Optional<String> text = text(key);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            throw mismatch(key, object.get(key), "a valid date-time");
        }
    }

    /** A list of texts. */
    public Optional<List<String>> texts(String key) throws ApiException {
        Optional<JsonNode> list = list(key);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list.get()) {
            if (!element.isTextual()) {
                throw mismatch(key + "/items", element, "a string");
            }
            texts.add(element.asText());
        }
        return Optional.of(texts);
    }

    /** A list of anything. */
    public Optional<JsonNode> list(String key) throws ApiException {
        return value(key, JsonNode::isArray, "an array");
    }

    /** A list of objects; one that is not there is empty. */
    public List<Fields> objects(String key) throws ApiException {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : list(key).orElse(Json.array())) {
            if (!(element instanceof ObjectNode each)) {
                throw mismatch(key + "/items", element, "an object");
            }
            objects.add(new Fields(resource, path + key + "/items/", each));
        }
        return objects;
    }

    /** An object in this one. */
    public Optional<Fields> object(String key) throws ApiException {
        return value(key, JsonNode::isObject, "an object")
                .map(value -> new Fields(resource, path + key + "/", (ObjectNode) value));
    }

    private Optional<JsonNode> value(String key, Predicate<JsonNode> fits, String expected) throws ApiException {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!fits.test(value)) {
            throw mismatch(key, value, expected);
        }
        return Optional.of(value);
    }

    /** The error of a key that must be there and is not. */
    public ApiException missing(String key) {
        return ApiException.unprocessable(
                "Invalid request.\n\n\"" + path + key + "\" wasn't supplied.",
                FieldError.of(resource, path + key, "missing_field"));
    }

    /** The error of a key whose value cannot be used. */
    public ApiException invalid(String key, String message) {
        return ApiException.invalid(new FieldError(resource, path + key, "invalid", message));
    }

    private ApiException mismatch(String key, JsonNode value, String expected) {
        String message = value + " is not " + expected + ".";
        return ApiException.unprocessable(
                "Invalid request.\n\nFor 'properties/" + path + key + "', " + message,
                new FieldError(resource, path + key, "invalid", message));
    }
}
