package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What a star gives: an array whose properties and indexes are those of its items, as in {@code jobs.*.result}. */
// Jackson's own deepCopy() narrows a generic result
@SuppressWarnings("unchecked")
final class FilteredArray extends ArrayNode {
    private static final long serialVersionUID = 1L;

    FilteredArray() {
        super(JsonNodeFactory.instance);
    }

    ArrayNode toPlainArray() {
        ArrayNode plain = JsonNodeFactory.instance.arrayNode(size());
        forEach(plain::add);
        return plain;
    }

    /** Adds all values of an object or an array, nothing for other values. */
    FilteredArray addValuesOf(JsonNode collection) {
        for (JsonNode value : collection) {
            add(value);
        }
        return this;
    }
}
