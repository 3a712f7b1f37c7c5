package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Map;
import java.util.Optional;

/** Properties of objects and items of arrays. What is not there is null, never an error. */
final class Indexing {
    private Indexing() {}

    /**
     * One property or item, of a filtered array an array of those that its items have.
     *
     * @param exactly whether the case of a property's name counts
     */
    static JsonNode index(JsonNode target, JsonNode key, boolean exactly) {
        if (target instanceof FilteredArray) {
            FilteredArray found = new FilteredArray();
            target.forEach(item -> find(item, key, exactly).ifPresent(found::add));
            return found;
        }
        return find(target, key, exactly).orElse(NullNode.getInstance());
    }

    /** All values, of a filtered array all values of its items. */
    static JsonNode star(JsonNode target) {
        FilteredArray found = new FilteredArray();
        if (target instanceof FilteredArray) {
            target.forEach(found::addValuesOf);
            return found;
        }
        return found.addValuesOf(target);
    }

    private static Optional<JsonNode> find(JsonNode target, JsonNode key, boolean exactly) {
        if (target.isObject() && Values.isPrimitive(key)) {
            return property(target, Values.text(key), exactly);
        }
        return target.isArray() ? item(target, Values.number(key)) : Optional.empty();
    }

    private static Optional<JsonNode> property(JsonNode object, String name, boolean exactly) {
        if (exactly) {
            return Optional.ofNullable(object.get(name));
        }
        String folded = CaseFolding.fold(name);
        return object.properties().stream()
                .filter(entry -> CaseFolding.fold(entry.getKey()).equals(folded))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    private static Optional<JsonNode> item(JsonNode array, double index) {
        // not a number is not less than the size
        return index >= 0 && index < array.size() ? Optional.of(array.get((int) index)) : Optional.empty();
    }
}
