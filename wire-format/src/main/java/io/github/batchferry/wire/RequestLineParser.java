package io.github.batchferry.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.config.NearestName;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads request lines. Every mistake of a line becomes a problem with its place; a line with a mistake gives no request. The
 * model is the one that the url names ({@link EndpointPath#model()}), else the body's; where both name one, they must agree.
 */
public final class RequestLineParser {
    private static final List<String> KEYS = List.of("custom_id", "method", "url", "body", "vendor");

    private final String file;
    private final Problems problems;

    /**
     * @param file name of the input, for messages
     * @param problems where mistakes go
     */
    public RequestLineParser(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The request of a line, or empty if the line has mistakes, which were added to the problems. */
    public Optional<RequestLine> parse(JsonlLine line) {
        return new OneLine(line).read(false);
    }

    /** The request of a line that {@link #parse} has accepted before: what it found about the text is not checked again. */
    public Optional<RequestLine> parseAgain(JsonlLine line) {
        return new OneLine(line).read(true);
    }

    private record Mistake(String path, String message) {}

    private final class OneLine {
        private final JsonlLine line;
        private final Set<String> seen = new HashSet<>();
        private final List<Mistake> mistakes = new ArrayList<>();

        // Mutable state: what was found so far
        private String customId;
        private String method;
        private String url;
        private String vendor;
        private String model;
        private boolean namesModel;
        private RawJson body;

        OneLine(JsonlLine line) {
            this.line = line;
        }

        Optional<RequestLine> read(boolean known) {
            Optional<RequestLine> request = Optional.empty();
            try {
                if (!known) {
                    RawJson.requireText(line.bytes());
                }
                request = readValue() ? assemble(RawJson.parseAgain(line.bytes())) : request;
            } catch (MalformedJsonException e) {
                onlyMistake(e.getMessage());
            } catch (JsonProcessingException e) {
                onlyMistake(JsonSupport.explain(e));
            } catch (IOException e) {
                throw new AssertionError("no input or output is involved in reading an array", e);
            }
            mistakes.forEach(mistake -> problems.add(file, line.number(), mistake.path(), mistake.message()));
            return request;
        }

        /** Reads the line to its end; whether it is an object. */
        private boolean readValue() throws IOException, MalformedJsonException {
            try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(line.bytes())) {
                JsonToken first = parser.nextToken();
                if (first == null) {
                    throw new MalformedJsonException("empty, a JSON value was expected");
                }
                if (first == JsonToken.START_OBJECT) {
                    readFields(parser);
                } else {
                    problem("$", "expected a JSON object, found " + name(first));
                    parser.skipChildren();
                }
                if (parser.nextToken() != null) {
                    throw new MalformedJsonException("more than one JSON value");
                }
                return first == JsonToken.START_OBJECT;
            }
        }

        private void readFields(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readField(parser, parser.currentName());
            }
            requireAll();
        }

        private void readField(JsonParser parser, String key) throws IOException {
            parser.nextToken();
            if (!seen.add(key)) {
                problem("$." + key, "the key appears twice");
            }
            switch (key) {
                case "custom_id" -> customId = text(parser, key);
                case "method" -> method = text(parser, key);
                case "url" -> url = text(parser, key);
                case "vendor" -> vendor = text(parser, key);
                case "body" -> readBody(parser);
                default -> {
                    problem("$." + key, "unknown key" + NearestName.suggestion(key, KEYS));
                    parser.skipChildren();
                }
            }
        }

        private void readBody(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                problem("$.body", "expected an object, found " + name(parser.currentToken()));
                parser.skipChildren();
                return;
            }
            int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equals("model")) {
                    if (namesModel) {
                        // vendors differ in which of the two they take, so it is not known which is allowed
                        problem("$.body.model", "the key appears twice");
                    }
                    namesModel = true;
                    model = text(parser, "body.model");
                } else {
                    parser.skipChildren();
                }
            }
            int to = Math.toIntExact(parser.currentLocation().getByteOffset());
            body = RawJson.sliceOfValid(line.bytes(), from, to);
        }

        private String text(JsonParser parser, String path) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING
                    && !parser.getText().isEmpty()) {
                if (holdsHalfSurrogate(parser.getText())) {
                    problem("$." + path, "holds half of a surrogate pair");
                }
                return parser.getText();
            }
            boolean empty = parser.currentToken() == JsonToken.VALUE_STRING;
            problem("$." + path, "expected a text, found " + (empty ? "an empty one" : name(parser.currentToken())));
            parser.skipChildren();
            return null;
        }

        private void requireAll() {
            for (String key : List.of("custom_id", "method", "url", "body")) {
                if (!seen.contains(key)) {
                    problem("$." + key, "missing");
                }
            }
            if (method != null && !method.equals("POST")) {
                problem("$.method", "expected POST, found `" + method + "`");
            }
        }

        private Optional<RequestLine> assemble(RawJson whole) {
            CustomId id = valid("$.custom_id", customId, CustomId::new);
            EndpointPath path = valid("$.url", url, EndpointPath::new);
            String asked = model(Optional.ofNullable(path));
            return mistakes.isEmpty()
                    ? Optional.of(new RequestLine(id, path, Optional.ofNullable(vendor), asked, body, whole))
                    : Optional.empty();
        }

        private String model(Optional<EndpointPath> path) {
            Optional<String> named = Optional.ofNullable(model);
            RequestModel.contradiction(path, named).ifPresent(message -> problem("$.body.model", message));
            Optional<String> asked = RequestModel.of(path, named);
            if (asked.isEmpty() && body != null && !namesModel) {
                problem("$.body.model", "missing");
            }
            return asked.orElse(null);
        }

        private <T> T valid(String path, String text, Function<String, T> type) {
            try {
                return text == null ? null : type.apply(text);
            } catch (InvalidValueException e) {
                problem(path, e.getMessage());
                return null;
            }
        }

        private void problem(String path, String message) {
            mistakes.add(new Mistake(path, message));
        }

        /** What was found in a line that is no JSON says nothing. */
        private void onlyMistake(String message) {
            mistakes.clear();
            problem("", message);
        }
    }

    /** JSON can escape half of a surrogate pair, but UTF-8, in which responses repeat these texts, has no form for it. */
    private static boolean holdsHalfSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String name(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
