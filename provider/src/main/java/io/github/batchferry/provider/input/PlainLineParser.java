package io.github.batchferry.provider.input;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads plain lines: {@code {"id":"x","prompt":"…"}} or {@code "messages":[…]}, with {@code "model"}, and optionally
 * {@code "vendor"} and {@code "params":{…}}. Every mistake of a line becomes a problem with its place.
 */
final class PlainLineParser {
    private static final List<String> KEYS = List.of("id", "prompt", "messages", "model", "params", "vendor");

    private final String file;
    private final Problems problems;

    PlainLineParser(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The request of a line, or empty if the line has mistakes, which were added to the problems. */
    Optional<PlacedRequest> parse(JsonlLine line) {
        return new OneLine(line).read();
    }

    private final class OneLine {
        private final JsonlLine line;
        private final Set<String> seen = new HashSet<>();
        private final PlainLine plain = new PlainLine();

        // Mutable state
        private boolean sound = true;

        OneLine(JsonlLine line) {
            this.line = line;
        }

        Optional<PlacedRequest> read() {
            try {
                RawJson.parse(line.bytes());
                readObject();
            } catch (MalformedJsonException e) {
                problem("", e.getMessage());
            } catch (JsonProcessingException e) {
                problem("", JsonSupport.explain(e));
            } catch (IOException e) {
                throw new AssertionError("no input or output is involved in reading an array", e);
            }
            return sound ? plain.compose(this::problem) : Optional.empty();
        }

        private void readObject() throws IOException {
            try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(line.bytes())) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    readField(parser, parser.currentName());
                }
            }
            requireAll();
        }

        private void readField(JsonParser parser, String key) throws IOException {
            parser.nextToken();
            if (!seen.add(key)) {
                problem("$." + key, "the key appears twice");
            }
            switch (key) {
                case "id" -> plain.id = name(parser, key);
                case "prompt" -> readPrompt(parser);
                case "model" -> plain.model = name(parser, key);
                case "vendor" -> plain.vendor = name(parser, key);
                case "messages" -> readMessages(parser);
                case "params" -> readParams(parser);
                default -> {
                    problem("$." + key, "unknown key" + NearestName.suggestion(key, KEYS));
                    parser.skipChildren();
                }
            }
        }

        private void readPrompt(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                text(parser, "prompt");
                return;
            }
            int from = offset(parser.currentTokenLocation().getByteOffset());
            parser.finishToken();
            int to = offset(parser.currentLocation().getByteOffset());
            if (to - from == "\"\"".length()) {
                text(parser, "prompt");
            }
            plain.prompt = RawJson.sliceOfValid(line.bytes(), from, to);
        }

        private void readMessages(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                problem("$.messages", "expected an array, found " + kind(parser.currentToken()));
                parser.skipChildren();
                return;
            }
            int from = offset(parser.currentTokenLocation().getByteOffset());
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    problem("$.messages[" + count + "]", "expected an object, found " + kind(parser.currentToken()));
                }
                parser.skipChildren();
                count++;
            }
            if (count == 0) {
                problem("$.messages", "holds no message");
            }
            plain.messages = RawJson.sliceOfValid(
                    line.bytes(), from, offset(parser.currentLocation().getByteOffset()));
        }

        private void readParams(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                problem("$.params", "expected an object, found " + kind(parser.currentToken()));
                parser.skipChildren();
                return;
            }
            int from = offset(parser.currentLocation().getByteOffset());
            boolean any = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                any = true;
                String key = parser.currentName();
                if (key.equals("model") || key.equals("messages")) {
                    problem("$.params." + key, "belongs on the line itself");
                }
                parser.nextToken();
                parser.skipChildren();
            }
            int to = offset(parser.currentTokenLocation().getByteOffset());
            plain.params = any ? RawJson.sliceOfValid(line.bytes(), from, to) : null;
        }

        /** A text that is written anew; half a surrogate pair, which JSON can escape, would not survive that. */
        private String name(JsonParser parser, String key) throws IOException {
            String text = text(parser, key);
            if (text != null
                    && text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                problem("$." + key, "holds half of a surrogate pair");
            }
            return text;
        }

        private String text(JsonParser parser, String key) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING
                    && !parser.getText().isEmpty()) {
                return parser.getText();
            }
            boolean empty = parser.currentToken() == JsonToken.VALUE_STRING;
            problem("$." + key, "expected a text, found " + (empty ? "an empty one" : kind(parser.currentToken())));
            parser.skipChildren();
            return null;
        }

        private void requireAll() {
            for (String key : List.of("id", "model")) {
                if (!seen.contains(key)) {
                    problem("$." + key, "missing");
                }
            }
            if (!seen.contains("prompt") && !seen.contains("messages")) {
                problem("$.prompt", "missing; give `prompt` or `messages`");
            }
            if (seen.contains("prompt") && seen.contains("messages")) {
                problem("$.messages", "not both `prompt` and `messages`");
            }
        }

        private void problem(String path, String message) {
            sound = false;
            problems.add(file, line.number(), path, message);
        }
    }

    private static int offset(long bytes) {
        return Math.toIntExact(bytes);
    }

    private static String kind(JsonToken token) {
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
