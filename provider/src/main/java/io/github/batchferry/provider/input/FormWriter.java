package io.github.batchferry.provider.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes requests as lines of one form, as far as the form can say what they say. Not thread-safe. */
final class FormWriter {
    private final RequestForm form;

    // Mutable state
    private Optional<String> unnamedModel = Optional.empty();

    FormWriter(RequestForm form) {
        this.form = form;
    }

    /** The model that the lines written so far do not name themselves. */
    Optional<String> unnamedModel() {
        return unnamedModel;
    }

    /** The line of a request; empty with a problem if the form cannot express it. */
    Optional<byte[]> write(RequestLine request, BiConsumer<String, String> problem) {
        return switch (form) {
            case OPENAI -> Optional.of(request.line().toByteArray());
            case ANTHROPIC -> anthropic(request, problem);
            case GEMINI -> gemini(request, problem);
            case PLAIN -> new PlainBody(request, problem).line();
        };
    }

    private static Optional<byte[]> anthropic(RequestLine request, BiConsumer<String, String> problem) {
        EndpointPath url = Wrapping.ANTHROPIC.url(request.model());
        if (!request.url().equals(url)) {
            problem.accept("$.url", onlyFor(request, url.value()));
            return Optional.empty();
        }
        return Optional.of(wrapped(Wrapping.ANTHROPIC, request));
    }

    private Optional<byte[]> gemini(RequestLine request, BiConsumer<String, String> problem) {
        if (!request.url().equals(geminiUrl(request))) {
            problem.accept("$.url", onlyFor(request, "/v1beta/models/MODEL:generateContent"));
            return Optional.empty();
        }
        if (!request.body().tree().has("model")) {
            String first = unnamedModel.orElse(request.model());
            if (!request.model().equals(first)) {
                problem.accept(
                        "$.url",
                        "asks model `" + request.model() + "`, requests before it `" + first
                                + "`; lines of this form name no model, so write each model's to a file of its own");
                return Optional.empty();
            }
            unnamedModel = Optional.of(first);
        }
        return Optional.of(wrapped(Wrapping.GEMINI, request));
    }

    private static EndpointPath geminiUrl(RequestLine request) {
        boolean inUrl = request.url().model().isPresent();
        return inUrl ? Wrapping.GEMINI.url(request.model()) : new EndpointPath("/v1beta/models/MODEL:generateContent");
    }

    /** What is wrong with a request to another API than that of the form. */
    static String onlyFor(RequestLine request, String url) {
        return "asks `" + request.url() + "`; this form holds requests for " + url + " only";
    }

    private static byte[] wrapped(Wrapping form, RequestLine request) {
        ObjectNode head = JsonSupport.MAPPER.createObjectNode();
        head.put(form.id(), request.customId().value());
        return joined(head, form.body(), request.body(), request.vendor());
    }

    /** A line of a head, then a value kept byte for byte, then the vendor if there is one. */
    static byte[] joined(ObjectNode head, String key, RawJson value, Optional<String> vendor) {
        String open = head.toString();
        ByteArrayOutputStream line = new ByteArrayOutputStream(open.length() + value.size() + 64);
        append(line, open.substring(0, open.length() - 1) + ",\"" + key + "\":");
        line.writeBytes(value.toByteArray());
        append(line, vendor.map(name -> ",\"vendor\":" + RawJson.ofText(name)).orElse("") + "}");
        return line.toByteArray();
    }

    private static void append(ByteArrayOutputStream line, String text) {
        line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
