package io.github.batchferry.localgithub.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Mode;
import io.github.batchferry.localgithub.workflow.InputSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks what a dispatch gives against what a workflow declares. */
final class DispatchInputs {
    private static final int LARGEST = 65_535;

    private DispatchInputs() {}

    /** The value of every declared input, as text. */
    static ObjectNode check(Mode mode, List<InputSpec> declared, ObjectNode given) throws DispatchRefusedException {
        if (declared.size() > mode.mostInputs()) {
            throw new DispatchRefusedException("Invalid Argument - failed to parse workflow: you may only define up to "
                    + mode.mostInputs() + " inputs");
        }
        checkSize(mode, given);
        List<String> unexpected = new ArrayList<>();
        given.fieldNames().forEachRemaining(name -> {
            if (declared.stream().noneMatch(input -> input.name().equals(name))) {
                unexpected.add(name);
            }
        });
        if (!unexpected.isEmpty()) {
            throw new DispatchRefusedException("Unexpected inputs provided: " + text(unexpected));
        }
        ObjectNode values = Json.object();
        for (InputSpec input : declared) {
            values.put(input.name(), value(input, given));
        }
        return values;
    }

    private static void checkSize(Mode mode, ObjectNode given) throws DispatchRefusedException {
        if (given.size() > mode.mostInputs()) {
            throw new DispatchRefusedException("Invalid request.\n\nNo more than " + mode.mostInputs()
                    + " properties are allowed; " + given.size() + " were supplied.");
        }
        String json = text(given);
        if (json.codePointCount(0, json.length()) > LARGEST) {
            throw new DispatchRefusedException("inputs are too large.");
        }
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (entry.getValue().isContainerNode()) {
                throw new DispatchRefusedException(
                        "Invalid value for input '" + entry.getKey() + "': expected a text, a number or a boolean");
            }
        }
    }

    private static String value(InputSpec input, ObjectNode given) throws DispatchRefusedException {
        String value = given.path(input.name()).asText("");
        if (given.path(input.name()).isNull() || value.isEmpty()) {
            if (input.required() && input.defaultValue().isEmpty()) {
                throw new DispatchRefusedException("Required input '" + input.name() + "' not provided");
            }
            return given.path(input.name()).isTextual() ? value : input.absent();
        }
        if (!input.accepts(value)) {
            throw new DispatchRefusedException("Provided value '" + value + "' for input '" + input.name()
                    + "' not in the list of allowed values");
        }
        return value;
    }

    private static String text(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }
}
