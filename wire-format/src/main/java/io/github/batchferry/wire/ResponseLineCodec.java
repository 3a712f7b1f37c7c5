package io.github.batchferry.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The wire form of a response: {@code {"id":…,"custom_id":…,"response":{"status_code":200,"request_id":…,"body":{…}},
 * "error":null,"status":"succeeded","text":…,"token_usage":{…},"cost_usd":…,"duration_ms":…,"attempts":…,"vendor":…,
 * "model":…}}. These keys are always there; {@code "redacted":true} and {@code "cached":true} follow where they hold. Unknown ones are skipped when read, and the vendor's body stays byte for byte.
 */
public final class ResponseLineCodec {
    private ResponseLineCodec() {}

    /** The line of a response, without line break. */
    public static byte[] write(ResponseLine response) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonSupport.MAPPER.getFactory().createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("id", response.id());
            json.writeStringField("custom_id", response.customId().value());
            json.writeFieldName("response");
            writeAnswer(json, response.answer());
            json.writeFieldName("error");
            writeFailure(json, response.error());
            json.writeStringField("status", response.status().toString());
            json.writeStringField("text", response.text().orElse(null));
            json.writeFieldName("token_usage");
            writeUsage(json, response.usage());
            json.writeFieldName("cost_usd");
            writeCost(json, response.costUsd());
            json.writeNumberField("duration_ms", response.durationMs());
            json.writeNumberField("attempts", response.attempts());
            json.writeStringField("vendor", response.vendor());
            json.writeStringField("model", response.model());
            writeMark(json, "redacted", response.redacted());
            writeMark(json, "cached", response.cached());
            json.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError("an array in memory takes every byte", e);
        }
        return line.toByteArray();
    }

    /**
     * Reads a line.
     *
     * @throws MalformedJsonException if it is not a response, with the reason
     */
    public static ResponseLine read(byte[] line) throws MalformedJsonException {
        try {
            return assemble(line);
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(JsonSupport.explain(e));
        } catch (IOException e) {
            throw new AssertionError("no input or output is involved in reading an array", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(e.getMessage());
        }
    }

    private static ResponseLine assemble(byte[] line) throws IOException, MalformedJsonException {
        ObjectNode fields = JsonSupport.MAPPER.createObjectNode();
        Optional<ResponseLine.Answer> answer = Optional.empty();
        try (JsonParser parser = JsonSupport.ENCLOSING.getFactory().createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("expected a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && key.equals("response")) {
                    answer = Optional.of(readAnswer(parser, line));
                } else {
                    fields.set(key, parser.readValueAsTree());
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("more than one JSON value");
            }
        }
        return new ResponseLine(
                required(fields, "id").asText(),
                new CustomId(required(fields, "custom_id").asText()),
                answer,
                failure(fields.get("error")),
                ResponseStatus.parse(required(fields, "status").asText()),
                present(fields.get("text")).map(JsonNode::asText),
                present(fields.get("token_usage")).map(ResponseLineCodec::usage),
                present(fields.get("cost_usd"))
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::decimalValue)
                        .map(BigDecimal::stripTrailingZeros),
                required(fields, "duration_ms").asLong(),
                required(fields, "attempts").asInt(),
                required(fields, "vendor").asText(),
                required(fields, "model").asText(),
                fields.path("redacted").asBoolean(),
                fields.path("cached").asBoolean());
    }

    private static void writeMark(JsonGenerator json, String key, boolean holds) throws IOException {
        if (holds) {
            json.writeBooleanField(key, true);
        }
    }

    private static ResponseLine.Answer readAnswer(JsonParser parser, byte[] line)
            throws IOException, MalformedJsonException {
        int statusCode = 0;
        Optional<String> requestId = Optional.empty();
        RawJson body = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (key) {
                case "status_code" -> statusCode = parser.getIntValue();
                case "request_id" ->
                    requestId = token == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(parser.getText());
                case "body" -> body = slice(parser, line);
                default -> parser.skipChildren();
            }
        }
        if (body == null) {
            throw new MalformedJsonException("missing $.response.body");
        }
        return new ResponseLine.Answer(statusCode, requestId, body);
    }

    private static RawJson slice(JsonParser parser, byte[] line) throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (parser.currentToken().isScalarValue()) {
            parser.finishToken();
        } else {
            parser.skipChildren();
        }
        int to = Math.toIntExact(parser.currentLocation().getByteOffset());
        return RawJson.sliceOfValid(line, from, to);
    }

    private static void writeAnswer(JsonGenerator json, Optional<ResponseLine.Answer> answer) throws IOException {
        if (answer.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("status_code", answer.get().statusCode());
        json.writeStringField("request_id", answer.get().requestId().orElse(null));
        json.writeFieldName("body");
        json.writeRawValue(answer.get().body().toString());
        json.writeEndObject();
    }

    private static void writeFailure(JsonGenerator json, Optional<ResponseLine.Failure> failure) throws IOException {
        if (failure.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("code", failure.get().code());
        json.writeStringField("message", failure.get().message());
        json.writeEndObject();
    }

    private static void writeUsage(JsonGenerator json, Optional<TokenUsage> usage) throws IOException {
        if (usage.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("input", usage.get().input());
        json.writeNumberField("output", usage.get().output());
        json.writeNumberField("cache_read", usage.get().cacheRead());
        json.writeNumberField("cache_write", usage.get().cacheWrite());
        json.writeNumberField("reasoning", usage.get().reasoning());
        json.writeEndObject();
    }

    private static void writeCost(JsonGenerator json, Optional<BigDecimal> cost) throws IOException {
        if (cost.isEmpty()) {
            json.writeNull();
        } else {
            json.writeNumber(cost.get().toPlainString());
        }
    }

    private static Optional<ResponseLine.Failure> failure(JsonNode node) {
        return present(node)
                .map(n -> new ResponseLine.Failure(
                        n.path("code").asText(), n.path("message").asText()));
    }

    private static TokenUsage usage(JsonNode node) {
        return new TokenUsage(
                node.path("input").asLong(),
                node.path("output").asLong(),
                node.path("cache_read").asLong(),
                node.path("cache_write").asLong(),
                node.path("reasoning").asLong());
    }

    private static JsonNode required(ObjectNode fields, String key) throws MalformedJsonException {
        return present(fields.get(key)).orElseThrow(() -> new MalformedJsonException("missing $." + key));
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return Optional.ofNullable(node).filter(n -> !n.isNull());
    }
}
