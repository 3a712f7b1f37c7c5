package io.github.batchferry.localgithub.rest.actions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.Page;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.List;

/**
 * A list as the Actions API gives it: how many there are, and those of the page that was asked for.
 *
 * @param key what the entries are called
 * @param url of the list, for the links to its other pages
 */
public record Listing(String key, String url) {
    /** Makes the shape of an entry. */
    @FunctionalInterface
    public interface Shape<T> {
        ObjectNode of(T entry) throws IOException;
    }

    /** The page of a list, 30 entries long unless the call says otherwise. */
    public <T> Response of(Request request, List<T> all, Shape<T> shape) throws IOException {
        return of(request, Page.of(request), all, shape);
    }

    /** A page of a list. */
    public <T> Response of(Request request, Page page, List<T> all, Shape<T> shape) throws IOException {
        ObjectNode list = Json.object().put("total_count", all.size());
        ArrayNode entries = list.putArray(key);
        for (T entry : page.of(all)) {
            entries.add(shape.of(entry));
        }
        return page.link(Response.ok(list), url, request.query(), all.size());
    }
}
