package io.github.batchferry.localgithub.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.LocalCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads whole lists of the REST API. */
record RestLists(LocalCalls calls) {
    private static final int PAGE = 100;

    /**
     * All elements of a list.
     *
     * @param target path, and a query if there is one
     * @param key where the list is in the answer; empty if it is the answer
     */
    List<JsonNode> all(Caller caller, String target, String key) throws IOException, ApiException {
        List<JsonNode> all = new ArrayList<>();
        String separator = target.contains("?") ? "&" : "?";
        for (int page = 1; all.size() == (page - 1) * PAGE; page++) {
            JsonNode answer = calls.get(caller, target + separator + "per_page=" + PAGE + "&page=" + page);
            (key.isEmpty() ? answer : answer.path(key)).forEach(all::add);
        }
        return all;
    }
}
