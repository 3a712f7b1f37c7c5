package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.json.Json;

/** A query, or one of its fields, has no answer. */
public final class GraphException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    /** @param type GitHub's word for the kind of mistake, such as {@code NOT_FOUND}; empty for none */
    public GraphException(String type, String message) {
        super(message);
        this.type = type;
    }

    /** A query that cannot be understood. */
    static GraphException syntax(String message) {
        return new GraphException("", message);
    }

    /** What the REST API refused, as GraphQL says it: each mistake in its own words where it has some. */
    static GraphException of(Exception e) {
        if (e instanceof GraphException already) {
            return already;
        }
        int status = e instanceof ApiException refused ? refused.status() : 500;
        String message = e instanceof ApiException refused ? refused.details() : e.getMessage();
        return new GraphException(
                switch (status) {
                    case 403 -> "FORBIDDEN";
                    case 404 -> "NOT_FOUND";
                    default -> "UNPROCESSABLE";
                },
                message);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        if (!type.isEmpty()) {
            json.put("type", type);
        }
        return json.put("message", getMessage());
    }
}
