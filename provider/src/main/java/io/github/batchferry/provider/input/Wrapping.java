package io.github.batchferry.provider.input;

import io.github.batchferry.wire.EndpointPath;
import java.util.List;

/** Forms of lines that wrap the native body of one vendor's API, as the batch APIs of these vendors take them. */
enum Wrapping {
    /** Anthropic's Message Batches: {@code {"custom_id":"x","params":{"model":…}}}. */
    ANTHROPIC("custom_id", "params"),
    /** Gemini's batches: {@code {"key":"x","request":{…}}}; the model stands in the url, not in the line. */
    GEMINI("key", "request");

    private static final String LONG_MODEL = "models/";

    private final String id;
    private final String body;

    Wrapping(String id, String body) {
        this.id = id;
        this.body = body;
    }

    /** The key of the request's id. */
    String id() {
        return id;
    }

    /** The key of the body. */
    String body() {
        return body;
    }

    /** The keys of a line: those of the vendor, and our one. */
    List<String> keys() {
        return List.of(id, body, "vendor");
    }

    /** Whether the url says which model is asked, so that a default can be put there without touching the body. */
    boolean namesModelInUrl() {
        return this == GEMINI;
    }

    /** Where such bodies are sent. */
    EndpointPath url(String model) {
        return new EndpointPath(
                this == ANTHROPIC ? "/v1/messages" : "/v1beta/models/" + shortName(model) + ":generateContent");
    }

    /** Gemini's long form of a model is {@code models/x}. */
    static String shortName(String model) {
        return model.startsWith(LONG_MODEL) ? model.substring(LONG_MODEL.length()) : model;
    }
}
