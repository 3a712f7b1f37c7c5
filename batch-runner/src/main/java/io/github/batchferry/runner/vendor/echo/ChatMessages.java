package io.github.batchferry.runner.vendor.echo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * The messages of a chat request, as far as they are text.
 *
 * @param all in order
 */
record ChatMessages(List<Message> all) {
    record Message(String role, String text) {}

    static ChatMessages of(JsonNode body) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            text(message.path("content"))
                    .ifPresent(text ->
                            messages.add(new Message(message.path("role").asText(), text)));
        }
        return new ChatMessages(messages);
    }

    Optional<String> lastOfUser() {
        return all.stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::text)
                .reduce((earlier, later) -> later);
    }

    long words() {
        return all.stream().mapToLong(message -> words(message.text())).sum();
    }

    static long words(String text) {
        return new StringTokenizer(text).countTokens();
    }

    /** The content itself, or its parts of type {@code text} joined; pictures and sounds are passed over. */
    private static Optional<String> text(JsonNode content) {
        if (content.isTextual()) {
            return Optional.of(content.asText());
        }
        StringBuilder joined = new StringBuilder();
        boolean found = false;
        for (JsonNode part : content) {
            if (part.path("type").asText().equals("text")) {
                joined.append(part.path("text").asText());
                found = true;
            }
        }
        return found ? Optional.of(joined.toString()) : Optional.empty();
    }
}
