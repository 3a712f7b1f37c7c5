package io.github.batchferry.localgithub.openapi;

import io.github.batchferry.localgithub.exchanges.Exchange;
import java.util.Optional;

/**
 * A request as it is held against the description.
 *
 * @param method HTTP method
 * @param path raw path
 * @param query raw query, empty for none
 * @param contentType of the body
 * @param body empty for none
 */
record Call(String method, String path, String query, Optional<String> contentType, String body) {
    static Call of(Exchange exchange) {
        String[] target = exchange.target().split("\\?", 2);
        return new Call(
                exchange.method(),
                target[0],
                target.length > 1 ? target[1] : "",
                exchange.request().header("Content-Type"),
                exchange.request().body().text());
    }

    Call withMethod(String other) {
        return new Call(other, path, query, contentType, body);
    }

    Call withPath(String other) {
        return new Call(method, other, query, contentType, body);
    }

    Call withQuery(String other) {
        return new Call(method, path, other, contentType, body);
    }

    Call withBody(String other) {
        return new Call(method, path, query, contentType, other);
    }

    Call withContentType(Optional<String> other) {
        return new Call(method, path, query, other, body);
    }
}
