package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status HTTP status
 * @param headers without length, which comes from the size
 * @param size of the body in bytes; 0 for none
 * @param body opens the body
 */
public record Response(int status, Map<String, String> headers, long size, Body body) {
    /** Opens the bytes of a body. */
    @FunctionalInterface
    public interface Body {
        InputStream open() throws IOException;
    }

    public Response {
        headers = Map.copyOf(headers);
    }

    /** JSON, with an ETag of its bytes. */
    public static Response json(int status, JsonNode value) {
        byte[] bytes = Json.bytes(value);
        return new Response(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8", "ETag", "W/\"" + digest(bytes) + "\""),
                bytes.length,
                () -> new ByteArrayInputStream(bytes));
    }

    /** JSON with status 200. */
    public static Response ok(JsonNode value) {
        return json(200, value);
    }

    /** No body. */
    public static Response empty(int status) {
        return new Response(status, Map.of(), 0, InputStream::nullInputStream);
    }

    /** A text in UTF-8. */
    public static Response text(String contentType, String text) {
        return bytes(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of any kind, at hand. */
    public static Response bytes(String contentType, byte[] bytes) {
        return bytes(contentType, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /** Bytes of any kind, streamed. */
    public static Response bytes(String contentType, long size, Body body) {
        return new Response(200, Map.of("Content-Type", contentType), size, body);
    }

    /** The same answer with one more header. */
    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, size, body);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
