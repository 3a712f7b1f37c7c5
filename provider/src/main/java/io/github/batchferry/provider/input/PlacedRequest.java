package io.github.batchferry.provider.input;

import io.github.batchferry.wire.RequestLine;
import java.util.Map;

/**
 * A request and where the user wrote what is in it.
 *
 * @param request the request as it travels
 * @param places for JSON paths of the request line the path in the line the user wrote, where the two differ
 */
record PlacedRequest(RequestLine request, Map<String, String> places) {
    PlacedRequest {
        places = Map.copyOf(places);
    }

    /** The path in the user's line for a path in the request line. */
    String place(String path) {
        return places.getOrDefault(path, path);
    }
}
