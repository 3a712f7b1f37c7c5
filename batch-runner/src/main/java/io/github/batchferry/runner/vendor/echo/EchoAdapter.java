package io.github.batchferry.runner.vendor.echo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.DirectVendorAdapter;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.openai.OpenAiReading;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Kind {@code echo}: answers a chat completion whose text is that of the last user message. Offline, free and
 * deterministic: the same request gets the same bytes in every run. Tokens are words divided by white space.
 */
public final class EchoAdapter implements DirectVendorAdapter {
    private static final String CHAT = "/v1/chat/completions";

    @Override
    public String kind() {
        return "echo";
    }

    @Override
    public CompletableFuture<VendorAnswer> answer(
            VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
        return CompletableFuture.completedFuture(answer(request));
    }

    @Override
    public Reading read(EndpointPath url, VendorAnswer answer) {
        return OpenAiReading.of(answer);
    }

    private static VendorAnswer answer(RequestLine request) {
        if (!request.url().value().equals(CHAT)) {
            return error(404, "echo answers " + CHAT + " only, not " + request.url());
        }
        ChatMessages messages = ChatMessages.of(request.body().tree());
        return messages.lastOfUser()
                .map(text -> VendorAnswer.of(200, completion(request, text, messages.words())))
                .orElseGet(() -> error(400, "messages hold no text of the role user to echo"));
    }

    private static String completion(RequestLine request, String text, long promptWords) {
        long words = ChatMessages.words(text);
        ObjectNode body = JsonSupport.MAPPER.createObjectNode();
        body.put("id", "chatcmpl-echo-" + digest(request));
        body.put("object", "chat.completion");
        // clients of OpenAI's API require the key; a clock value would make two runs differ
        body.put("created", 0);
        body.put("model", request.model());
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text);
        choice.put("finish_reason", "stop");
        body.putObject("usage")
                .put("prompt_tokens", promptWords)
                .put("completion_tokens", words)
                .put("total_tokens", promptWords + words);
        return body.toString();
    }

    private static String digest(RequestLine request) {
        byte[] id = request.customId().value().getBytes(StandardCharsets.UTF_8);
        return Sha256.of(id).value().substring(0, 24);
    }

    private static VendorAnswer error(int status, String message) {
        ObjectNode body = JsonSupport.MAPPER.createObjectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", "invalid_request_error")
                .putNull("param")
                .putNull("code");
        return VendorAnswer.of(status, body.toString());
    }
}
