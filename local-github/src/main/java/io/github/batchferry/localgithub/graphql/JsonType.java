package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.util.Locale;

/** Builds types whose objects are answers of the REST API, or parts of them. */
final class JsonType {
    private final GraphType<JsonNode> type;

    JsonType(String name, String... interfaces) {
        this.type = new GraphType<>(name, interfaces);
    }

    GraphType<JsonNode> type() {
        return type;
    }

    /** A field with the value at a place of the answer, such as {@code user.login}; null if there is none. */
    JsonType value(String field, String place) {
        type.value(field, source -> at(source, place));
        return this;
    }

    /** A field that REST writes in lower case and GraphQL, as a word of an enumeration, in upper case. */
    JsonType word(String field, String place) {
        type.value(field, source -> upper(at(source, place)));
        return this;
    }

    /** A field with the account whose login is at a place. */
    JsonType user(String field, String place) {
        return object(field, "User", source -> text(source, place + ".login"));
    }

    JsonType object(String field, String typeName, GraphType.Getter<JsonNode> getter) {
        type.object(field, typeName, getter);
        return this;
    }

    JsonType constant(String field, Object value) {
        type.constant(field, value);
        return this;
    }

    static JsonNode at(JsonNode source, String place) {
        JsonNode found = source.at("/" + place.replace('.', '/'));
        return found.isMissingNode() ? Json.MAPPER.nullNode() : found;
    }

    /** The text at a place; null if there is none. */
    static String text(JsonNode source, String place) {
        JsonNode found = at(source, place);
        return found.isNull() ? null : found.asText();
    }

    static String upper(JsonNode word) {
        return word.isNull() || word.isMissingNode() ? null : word.asText().toUpperCase(Locale.ROOT);
    }
}
