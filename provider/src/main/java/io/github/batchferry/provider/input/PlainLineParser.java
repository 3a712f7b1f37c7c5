package io.github.batchferry.provider.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads plain lines: {@code {"id":"x","prompt":"…"}} or {@code "messages":[…]}, with {@code "model"}, and optionally
 * {@code "vendor"} and {@code "params":{…}}.
 */
final class PlainLineParser implements LineParser {
    private static final List<String> KEYS = List.of("id", "prompt", "messages", "model", "params", "vendor");

    private final String file;
    private final Problems problems;
    private final Optional<String> model;

    /** @param model for lines that name none */
    PlainLineParser(String file, Problems problems, Optional<String> model) {
        this.file = file;
        this.problems = problems;
        this.model = model;
    }

    @Override
    public Optional<PlacedRequest> parse(JsonlLine line) {
        return new Plain(line).read(problems);
    }

    private final class Plain extends OneLine {
        private final PlainLine plain = new PlainLine();

        Plain(JsonlLine line) {
            super(file, line);
        }

        @Override
        List<String> keys() {
            return KEYS;
        }

        @Override
        void readField(JsonParser parser, String key) throws IOException {
            switch (key) {
                case "id" -> plain.id = name(parser, "$.id");
                case "prompt" -> readPrompt(parser);
                case "model" -> plain.model = name(parser, "$.model");
                case "vendor" -> plain.vendor = name(parser, "$.vendor");
                case "messages" -> readMessages(parser);
                default -> readParams(parser);
            }
        }

        private void readPrompt(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                text(parser, "$.prompt");
                return;
            }
            int from = start(parser);
            parser.finishToken();
            int to = end(parser);
            if (to - from == "\"\"".length()) {
                text(parser, "$.prompt");
            }
            plain.prompt = slice(from, to);
        }

        private void readMessages(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                problem("$.messages", "expected an array, found " + kind(parser.currentToken()));
                parser.skipChildren();
                return;
            }
            int from = start(parser);
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
            plain.messages = slice(from, end(parser));
        }

        private void readParams(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                problem("$.params", "expected an object, found " + kind(parser.currentToken()));
                parser.skipChildren();
                return;
            }
            int from = end(parser);
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
            plain.params = any ? slice(from, start(parser)) : null;
        }

        @Override
        void requireAll() {
            require("id");
            if (!has("model") && model.isPresent()) {
                plain.model = model.get();
            } else {
                require("model");
            }
            if (!has("prompt") && !has("messages")) {
                problem("$.prompt", "missing; give `prompt` or `messages`");
            }
            if (has("prompt") && has("messages")) {
                problem("$.messages", "not both `prompt` and `messages`");
            }
        }

        @Override
        Optional<PlacedRequest> compose() {
            return plain.compose(this::problem);
        }
    }
}
