package io.github.batchferry.runner.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.json.JsonSupport;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads vendors' JSON without ever failing: what is absent or of another kind is absent. */
public final class AnswerJson {
    private AnswerJson() {}

    /** The body as a tree; a missing node if it is not JSON. */
    public static JsonNode tree(VendorAnswer answer) {
        try {
            return JsonSupport.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            return JsonSupport.MAPPER.missingNode();
        }
    }

    /** A text. */
    public static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** A number of tokens. */
    public static OptionalLong count(JsonNode node) {
        return node.isNumber() && node.asLong() >= 0 ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    /** The sum of those numbers that are there; empty if none is. */
    public static OptionalLong sum(JsonNode... nodes) {
        OptionalLong sum = OptionalLong.empty();
        for (JsonNode node : nodes) {
            OptionalLong count = count(node);
            if (count.isPresent()) {
                sum = OptionalLong.of(sum.orElse(0) + count.getAsLong());
            }
        }
        return sum;
    }
}
