package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** {@code toJSON(value)}: JSON on lines of its own, indented by two spaces for each level. */
final class ToJsonFunction {
    private static final String INDENT = "  ";

    private final BoundedText text = new BoundedText();

    private ToJsonFunction() {}

    static JsonNode call(Arguments arguments) {
        ToJsonFunction writer = new ToJsonFunction();
        writer.write(arguments.at(0), "\n");
        return writer.text.toNode();
    }

    private void write(JsonNode value, String newLine) {
        if (value.isContainerNode() && value.isEmpty()) {
            text.append(value.isArray() ? "[]" : "{}");
        } else if (value.isArray()) {
            writeItems(value, newLine);
        } else if (value.isObject()) {
            writeProperties(value, newLine);
        } else if (Values.isNull(value)) {
            text.append("null");
        } else if (Values.isText(value)) {
            writeText(value.asText());
        } else {
            text.append(Values.text(value));
        }
    }

    private void writeItems(JsonNode array, String newLine) {
        text.append("[");
        for (Iterator<JsonNode> items = array.elements(); items.hasNext(); ) {
            text.append(newLine).append(INDENT);
            write(items.next(), newLine + INDENT);
            text.append(items.hasNext() ? "," : "");
        }
        text.append(newLine).append("]");
    }

    private void writeProperties(JsonNode object, String newLine) {
        text.append("{");
        for (Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator(); entries.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = entries.next();
            text.append(newLine).append(INDENT);
            writeText(entry.getKey());
            text.append(": ");
            write(entry.getValue(), newLine + INDENT);
            text.append(entries.hasNext() ? "," : "");
        }
        text.append(newLine).append("}");
    }

    private void writeText(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> quoted.append(escaped((char) c)));
        text.append(quoted.append('"'));
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            // line ends that a log or a script would break at
            case '\u0085', '\u2028', '\u2029' -> unicode(c);
            default -> c < ' ' ? unicode(c) : String.valueOf(c);
        };
    }

    private static String unicode(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }
}
