package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a field is given. */
public record Arguments(ObjectNode values) {
    /** A text, if it is given and not null. */
    public Optional<String> text(String name) {
        return Optional.of(values.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /**
     * A text that must be given.
     *
     * @throws GraphException if it is not
     */
    public String needed(String name) throws GraphException {
        return text(name)
                .orElseThrow(() -> new GraphException("", "argument `" + name + "` is missing: expected a text"));
    }

    /** A whole number, if it is given and not null. */
    public OptionalInt number(String name) {
        return values.path(name).isInt() ? OptionalInt.of(values.path(name).asInt()) : OptionalInt.empty();
    }

    /** A list of texts; a single text is a list of one; empty if it is not given. */
    public List<String> texts(String name) {
        JsonNode value = values.path(name);
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.asText());
        }
        value.elements().forEachRemaining(element -> texts.add(element.asText()));
        return texts;
    }

    /** An object; without any keys if it is not given. */
    public Arguments object(String name) {
        return new Arguments(values.path(name) instanceof ObjectNode object ? object : values.objectNode());
    }

    /** Whether something is given, be it null. */
    public boolean has(String name) {
        return values.has(name);
    }

    /** A truth value; false if it is not given. */
    public boolean flag(String name) {
        return values.path(name).asBoolean();
    }
}
