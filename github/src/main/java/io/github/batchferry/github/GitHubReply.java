package io.github.batchferry.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A whole answer, and what it is the answer to.
 *
 * @param task what was tried, for messages
 */
record GitHubReply(String task, int status, HttpHeaders headers, byte[] body, GitHubFailures failures) {
    /** Makes a value of JSON; may throw what reading numbers, addresses and times throws. */
    @FunctionalInterface
    interface Shape<T> {
        T from(JsonNode node);
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    Optional<String> etag() {
        return headers.firstValue("etag");
    }

    boolean says(String text) {
        return new String(body, StandardCharsets.UTF_8).contains(text);
    }

    GitHubException refused() {
        return failures.refused(task, status, headers, body);
    }

    /** This answer, if its status is one of those. */
    GitHubReply expect(int... statuses) throws GitHubException {
        if (IntStream.of(statuses).noneMatch(expected -> expected == status)) {
            throw refused();
        }
        return this;
    }

    <T> T read(Shape<T> shape) throws GitHubException {
        try {
            return shape.from(json());
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw failures.unreadable(task, status, e);
        }
    }

    /** The body; an empty one is a missing node. */
    JsonNode json() throws JsonProcessingException {
        return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    }
}
