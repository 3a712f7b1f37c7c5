package io.github.batchferry.provider.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A chat completion taken apart into what a plain line says of it. Messages and parameters keep their bytes. */
final class PlainBody {
    private static final EndpointPath CHAT_COMPLETIONS = new EndpointPath("/v1/chat/completions");
    private static final String PROMPT_START = "[{\"role\":\"user\",\"content\":";
    private static final String PROMPT_END = "}]";

    private final RequestLine request;
    private final BiConsumer<String, String> problem;
    private final byte[] body;

    // Mutable state: what was found so far
    private boolean sound = true;
    private Optional<RawJson> messages = Optional.empty();
    private final List<String> params = new ArrayList<>();

    PlainBody(RequestLine request, BiConsumer<String, String> problem) {
        this.request = request;
        this.problem = problem;
        this.body = request.body().toByteArray();
    }

    /** The plain line; empty with a problem if there is none that says the same. */
    Optional<byte[]> line() {
        if (!request.url().equals(CHAT_COMPLETIONS)) {
            problem("$.url", FormWriter.onlyFor(request, CHAT_COMPLETIONS.value()));
            return Optional.empty();
        }
        if (request.vendor().isEmpty()
                && VendorModel.parse(request.model()).vendor().isPresent()) {
            problem(
                    "$.body.model",
                    "a plain line takes what stands before the slash for a vendor; name the vendor, too");
        }
        readBody();
        if (sound && messages.isEmpty()) {
            problem("$.body.messages", "missing; a plain line needs messages");
        }
        return sound ? Optional.of(compose(messages.orElseThrow())) : Optional.empty();
    }

    private byte[] compose(RawJson said) {
        ObjectNode head = JsonSupport.MAPPER.createObjectNode();
        head.put("id", request.customId().value()).put("model", request.model());
        request.vendor().ifPresent(vendor -> head.put("vendor", vendor));
        Optional<RawJson> prompt = prompt(said);
        byte[] line = FormWriter.joined(
                head, prompt.isPresent() ? "prompt" : "messages", prompt.orElse(said), Optional.empty());
        if (params.isEmpty()) {
            return line;
        }
        String text = new String(line, StandardCharsets.UTF_8);
        String all = ",\"params\":{" + String.join(",", params) + "}}";
        return (text.substring(0, text.length() - 1) + all).getBytes(StandardCharsets.UTF_8);
    }

    /** A single message of the user that holds nothing but a text is a prompt, where it is written as ours are. */
    private static Optional<RawJson> prompt(RawJson messages) {
        String text = messages.toString();
        JsonNode message = messages.tree().path(0);
        boolean ours = messages.tree().size() == 1
                && message.size() == 2
                && message.path("content").isTextual()
                && !message.path("content").asText().isEmpty()
                && text.startsWith(PROMPT_START + "\"")
                && text.endsWith("\"" + PROMPT_END);
        byte[] bytes = messages.toByteArray();
        return ours
                ? Optional.of(RawJson.sliceOfValid(bytes, PROMPT_START.length(), bytes.length - PROMPT_END.length()))
                : Optional.empty();
    }

    private void readBody() {
        try (JsonParser parser = JsonSupport.MAPPER.getFactory().createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int from = OneLine.start(parser);
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "model" -> parser.skipChildren();
                    case "messages" -> readMessages(parser);
                    default -> {
                        finish(parser);
                        params.add(text(from, OneLine.end(parser)));
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the body was found to be JSON", e);
        }
    }

    private void readMessages(JsonParser parser) throws IOException {
        if (messages.isPresent()) {
            problem("$.body.messages", "the key appears twice");
        }
        int from = OneLine.start(parser);
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        finish(parser);
        RawJson value = RawJson.sliceOfValid(body, from, OneLine.end(parser));
        messages = Optional.of(value);
        boolean objects = array && !value.tree().isEmpty();
        for (JsonNode message : value.tree()) {
            objects &= message.isObject();
        }
        if (!objects) {
            problem("$.body.messages", "expected an array of objects with at least one; a plain line holds no other");
        }
    }

    /** Comes to the end of a value, also of one that is not read yet. */
    private static void finish(JsonParser parser) throws IOException {
        parser.finishToken();
        parser.skipChildren();
    }

    private String text(int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    private void problem(String path, String message) {
        sound = false;
        problem.accept(path, message);
    }
}
