package io.github.batchferry.localgithub.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A call that was routed and may be done.
 *
 * @param caller who calls; null on the few routes that need nobody
 * @param repository the repository it is about; null on routes outside of repositories
 * @param path values of the placeholders of the route
 * @param query parameters of the query
 * @param accept value of the header {@code Accept}, or the empty text
 * @param body the bytes that were sent
 */
public record Request(
        Caller caller,
        HostedRepository repository,
        Map<String, String> path,
        Map<String, String> query,
        String accept,
        byte[] body) {
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
