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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A line that holds a JSON object, read key by key. Every mistake of it becomes a problem with its place. */
abstract class OneLine {
    private record Mistake(String path, String message) {}

    private final String file;
    private final JsonlLine line;
    private final Set<String> seen = new HashSet<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    OneLine(String file, JsonlLine line) {
        this.file = file;
        this.line = line;
    }

    /** The request of the line, or empty if it has mistakes, which are added to the problems. */
    final Optional<PlacedRequest> read(Problems problems) {
        Optional<PlacedRequest> request = Optional.empty();
        try {
            RawJson.requireText(line.bytes());
            readObject();
            request = mistakes.isEmpty() ? compose() : request;
        } catch (MalformedJsonException e) {
            onlyMistake(e.getMessage());
        } catch (JsonProcessingException e) {
            onlyMistake(JsonSupport.explain(e));
        } catch (IOException e) {
            throw new AssertionError("no input or output is involved in reading an array", e);
        }
        mistakes.forEach(mistake -> problems.add(file, line.number(), mistake.path(), mistake.message()));
        return mistakes.isEmpty() ? request : Optional.empty();
    }

    /** The keys of the object. */
    abstract List<String> keys();

    /** Takes in the value of a known key; the parser stands at its first token and is left at its last. */
    abstract void readField(JsonParser parser, String key) throws IOException;

    /** Notes what is missing. */
    abstract void requireAll();

    /** Makes the request out of what was read; only asked if there is no mistake so far. */
    abstract Optional<PlacedRequest> compose();

    /** Notes a mistake. */
    final void problem(String path, String message) {
        mistakes.add(new Mistake(path, message));
    }

    /** Whether a key was there, whatever its value. */
    final boolean has(String key) {
        return seen.contains(key);
    }

    /** Notes a key that is missing. */
    final void require(String key) {
        if (!has(key)) {
            problem("$." + key, "missing");
        }
    }

    /** A text that is written anew; half a surrogate pair, which JSON can escape, would not survive that. */
    final String name(JsonParser parser, String path) throws IOException {
        String text = text(parser, path);
        if (text != null
                && text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            problem(path, "holds half of a surrogate pair");
        }
        return text;
    }

    /** A text with something in it, or null with a problem. */
    final String text(JsonParser parser, String path) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING && !parser.getText().isEmpty()) {
            return parser.getText();
        }
        boolean empty = parser.currentToken() == JsonToken.VALUE_STRING;
        problem(path, "expected a text, found " + (empty ? "an empty one" : kind(parser.currentToken())));
        parser.skipChildren();
        return null;
    }

    /** Bytes of the line, as they stand there. */
    final RawJson slice(int from, int to) {
        return RawJson.sliceOfValid(line.bytes(), from, to);
    }

    /** Where the value that the parser has come to begins. */
    static int start(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /** Where the value that the parser has read ends. */
    static int end(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    /** What a value is, in words. */
    static String kind(JsonToken token) {
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

    private void readObject() throws IOException, MalformedJsonException {
        try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(line.bytes())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readKey(parser, parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("more than one JSON value");
            }
        }
        requireAll();
    }

    private void readKey(JsonParser parser, String key) throws IOException {
        parser.nextToken();
        if (!seen.add(key)) {
            problem("$." + key, "the key appears twice");
        }
        if (keys().contains(key)) {
            readField(parser, key);
        } else {
            problem("$." + key, "unknown key" + NearestName.suggestion(key, keys()));
            parser.skipChildren();
        }
    }

    /** What was found in a line that is no JSON says nothing. */
    private void onlyMistake(String message) {
        mistakes.clear();
        problem("", message);
    }
}
