package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A call that was routed and may be done.
 *
 * @param caller who calls; null on the few routes that need nobody
 * @param repository the repository it is about; null on routes outside of repositories
 * @param path values of the placeholders of the route
 * @param query parameters of the query
 * @param headers name in lower case to value; the first where there are several
 * @param body the bytes that were sent; empty on routes for uploads
 * @param upload the bytes that are being sent on a route for uploads, to be read once; empty on others
 * @param horizon what was created at this moment or later is not there for this call; far in the future unless a
 *     fault wants it
 */
public record Request(
        Caller caller,
        HostedRepository repository,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        InputStream upload,
        Instant horizon) {
    /** A number in the path; what is none is not found. */
    public long id(String placeholder) throws ApiException {
        String text = path.get(placeholder);
        if (!text.matches("\\d{1,18}")) {
            throw ApiException.notFound();
        }
        return Long.parseLong(text);
    }

    /** A parameter of the query; an empty one counts as none. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** Value of a header by its name in lower case, or the empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Value of the header {@code Accept}, or the empty text. */
    public String accept() {
        return header("accept");
    }

    /** Version of the API that is spoken with this caller. */
    public String apiVersion() {
        return headers.getOrDefault(Incoming.VERSION, Mode.USUAL_API_VERSION);
    }

    /** Whether something created at a moment is there for this call. */
    public boolean shows(Instant createdAt) {
        return createdAt.isBefore(horizon);
    }

    /** A moment in the query, in ISO-8601 with its offset. */
    public Optional<Instant> time(String name) throws ApiException {
        Optional<String> text = parameter(name);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            throw ApiException.unprocessable("`" + name + "` is no time in ISO 8601: `" + text.orElse("") + "`");
        }
    }

    /** The body as an object. */
    public ObjectNode object() throws ApiException {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // told below, in GitHub's words
        }
        throw new ApiException(400, "Problems parsing JSON");
    }
}
