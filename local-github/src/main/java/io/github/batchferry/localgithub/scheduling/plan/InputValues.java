package io.github.batchferry.localgithub.scheduling.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.workflow.CallInput;
import io.github.batchferry.localgithub.workflow.Contexts;
import io.github.batchferry.localgithub.workflow.InputSpec;
import io.github.batchferry.localgithub.workflow.Template;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The context {@code inputs}, in which booleans and numbers are what they are declared to be. */
public final class InputValues {
    private InputValues() {}

    /** The inputs of a dispatch, whose checked values are texts. */
    public static ObjectNode dispatched(List<InputSpec> declared, JsonNode texts) {
        ObjectNode inputs = Json.object();
        for (InputSpec input : declared) {
            JsonNode text = texts.path(input.name());
            inputs.set(input.name(), typed(input.type(), text).orElse(TextNode.valueOf(text.asText())));
        }
        return inputs;
    }

    /**
     * The inputs of a called workflow.
     *
     * @param with what the caller gives
     * @param caller what the expressions of {@code with} see
     * @param called what the expressions of defaults see
     * @throws UnstartableJobException if a value has another type than the input
     */
    public static ObjectNode called(
            List<CallInput> declared, Map<String, Template> with, Contexts caller, Contexts called)
            throws UnstartableJobException {
        ObjectNode inputs = Json.object();
        for (CallInput input : declared) {
            Optional<Template> given = with.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(input.name()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            inputs.set(
                    input.name(),
                    given.isPresent() ? checked(input, given.get().value(caller)) : absent(input, called));
        }
        return inputs;
    }

    private static JsonNode absent(CallInput input, Contexts called) throws UnstartableJobException {
        if (input.defaultValue().isPresent()) {
            return checked(input, input.defaultValue().get().value(called));
        }
        return switch (input.type()) {
            case BOOLEAN -> BooleanNode.FALSE;
            case NUMBER -> LongNode.valueOf(0);
            default -> TextNode.valueOf("");
        };
    }

    /** The value as the input's type. */
    static JsonNode checked(CallInput input, JsonNode value) throws UnstartableJobException {
        return typed(input.type(), value)
                .orElseThrow(() -> new UnstartableJobException("The value of the input '" + input.name()
                        + "' must be a " + input.type().name().toLowerCase(Locale.ROOT) + ", found '"
                        + Values.text(value) + "'"));
    }

    /** Empty if the value is none of the type. */
    private static Optional<JsonNode> typed(InputSpec.Type type, JsonNode value) {
        String text = Values.text(value);
        return switch (type) {
            case BOOLEAN ->
                text.equals("true") || text.equals("false")
                        ? Optional.of(BooleanNode.valueOf(text.equals("true")))
                        : Optional.empty();
            case NUMBER -> number(text);
            default -> value.isContainerNode() ? Optional.empty() : Optional.of(TextNode.valueOf(text));
        };
    }

    private static Optional<JsonNode> number(String text) {
        double number = text.isBlank() ? Double.NaN : Values.number(TextNode.valueOf(text));
        if (Double.isNaN(number)) {
            return Optional.empty();
        }
        return Optional.of(
                number == Math.rint(number) && Math.abs(number) < 1L << 53
                        ? LongNode.valueOf((long) number)
                        : DoubleNode.valueOf(number));
    }
}
