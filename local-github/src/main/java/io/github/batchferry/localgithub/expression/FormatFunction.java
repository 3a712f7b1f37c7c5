package io.github.batchferry.localgithub.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code format('{0} of {1}', ...)}; doubled braces stand for braces. */
final class FormatFunction {
    private static final Pattern PIECE = Pattern.compile("\\{\\{|}}|\\{0*(\\d{1,3})}|[{}]|[^{}]+");

    private FormatFunction() {}

    static JsonNode call(Arguments arguments) {
        String format = arguments.text(0);
        BoundedText text = new BoundedText();
        Matcher piece = PIECE.matcher(format);
        while (piece.find()) {
            text.append(replacement(piece, arguments, format));
        }
        return text.toNode();
    }

    private static String replacement(Matcher piece, Arguments arguments, String format) {
        if (piece.group(1) != null) {
            int index = Integer.parseInt(piece.group(1));
            if (index > arguments.count() - 2) {
                throw new ExpressionException(
                        "The following format string references more arguments than were supplied: " + format);
            }
            return arguments.text(index + 1);
        }
        return switch (piece.group()) {
            case "{{" -> "{";
            case "}}" -> "}";
            case "{", "}" -> throw new ExpressionException("The following format string is invalid: " + format);
            default -> piece.group();
        };
    }
}
