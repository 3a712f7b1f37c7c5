package io.github.batchferry.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.stream.IntStream;

/** A whole answer of {@link GitHubRest}, whatever its status. */
public final class RestReply {
    private final GitHubReply reply;

    RestReply(GitHubReply reply) {
        this.reply = reply;
    }

    /** HTTP status. */
    public int status() {
        return reply.status();
    }

    /** Whether the status is one of those. */
    public boolean is(int... statuses) {
        return IntStream.of(statuses).anyMatch(status -> status == reply.status());
    }

    /** This answer, if its status is one of those; else what GitHub's refusal means is thrown. */
    public RestReply expect(int... statuses) throws GitHubException {
        reply.expect(statuses);
        return this;
    }

    /** The body as JSON; a missing node if it is none. */
    public JsonNode json() {
        try {
            return reply.json();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The body as it came. */
    public byte[] bytes() {
        return reply.body().clone();
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return reply.headers().firstValue(name);
    }

    /** What this answer means as a refusal, in words, with what GitHub said. */
    public GitHubException refusal() {
        return reply.refused();
    }
}
